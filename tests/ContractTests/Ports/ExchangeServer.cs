using System.Net;
using CleanSync.ContractTests.Connections;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;
using ExchangeVersion = CleanSync.Domain.ExchangeIntegrations.ExchangeVersion;

namespace CleanSync.ContractTests.Ports;

/// <summary>The simulator; or the Exchange that <c>CLEANSYNC_EXCHANGE_URL</c> names, which CONTRIBUTING.md tells of.</summary>
public sealed class ExchangeServer : CalendarServer
{
    private static readonly string? Url = Variable("URL");
    private CleanSyncSide side = null!;
    private SimulatedExchange? simulator;
    private ExchangeIntegration integration = null!;

    public override ExchangeIntegration Integration => integration;

    public override string Password => Url is null ? SecureExchange.Password : Needed("PASSWORD");

    public override bool MayFailLogons => simulator is not null;

    protected override bool MayWrite => simulator is not null || Variable("TEST_MAILBOX") is not null;

    protected override string Mailbox => simulator is not null
        ? "staff1@contoso.example"
        : Variable("TEST_MAILBOX") ?? Variable("MAILBOX") ?? Needed("MAILBOX");

    public override T Port<T>() => side.Get<T>();

    public override string? Invite(double hour) => Owner?.Adds(new EventDraft("Invited", Day.AddHours(hour), Day.AddHours(hour + 1))
    {
        Organizer = "boss@contoso.example"
    });

    public override void Touch(string itemId) => Owner!.Touches(itemId);

    private Person? Owner => simulator?.Organisation.Mailbox(Mailbox).Person;

    private protected override async Task Start()
    {
        if (Url is null) await StartSimulator();
        else Reach(new Uri(Url));
        await side.Stored(integration);
    }

    private protected override async Task Stop()
    {
        await side.DisposeAsync();
        if (simulator is not null) await simulator.DisposeAsync();
    }

    private async Task StartSimulator()
    {
        simulator = await SimulatedExchange.StartAsync(new SimulatorOptions(), Ct);
        var account = simulator.Organisation.AddAccount(SecureExchange.User, SecureExchange.Password);
        simulator.Organisation.GrantImpersonation(account);
        simulator.Organisation.AddMailbox(Mailbox);
        Owner!.AddsSeries(new EventDraft("Weekly", Day.AddDays(-7), Day.AddDays(-7).AddHours(1)), new DailyPattern(1), occurrences: 30);
        side = new CleanSyncSide();
        integration = CleanSyncSide.Integration(simulator.EwsUrl);
    }

    private void Reach(Uri url)
    {
        side = new CleanSyncSide(resolve: Dns.GetHostAddresses);
        integration = CleanSyncSide.Integration(url, user: Needed("USER"), password: Password) with
        {
            Authentication = Variable("SCHEME") is { } scheme ? Enum.Parse<AuthenticationType>(scheme) : AuthenticationType.Ntlm,
            ExchangeVersion = Variable("VERSION") is { } version ? Enum.Parse<ExchangeVersion>(version) : ExchangeVersion.Exchange2016,
            UseImpersonation = Variable("IMPERSONATION") is not "false",
        };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"CLEANSYNC_EXCHANGE_{name}");

    private static string Needed(string name) =>
        Variable(name) ?? throw new InvalidOperationException($"With CLEANSYNC_EXCHANGE_URL the tests need CLEANSYNC_EXCHANGE_{name} too.");
}

/// <summary>The suites share one server, one after the other: what one writes is a change to the others.</summary>
[CollectionDefinition(nameof(ExchangeServer))]
public sealed class OneExchange : ICollectionFixture<ExchangeServer>;

[Collection(nameof(ExchangeServer))]
public sealed class ExchangeFeedTests(ExchangeServer server) : CalendarFeedContract(server);

[Collection(nameof(ExchangeServer))]
public sealed class ExchangeWriterTests(ExchangeServer server) : CalendarWriterContract(server);

[Collection(nameof(ExchangeServer))]
public sealed class ExchangeDirectoryTests(ExchangeServer server) : CalendarDirectoryContract(server);

[Collection(nameof(ExchangeServer))]
public sealed class ExchangeRepliesTests(ExchangeServer server) : MeetingRepliesContract(server);

[Collection(nameof(ExchangeServer))]
public sealed class ExchangeChannelTests(ExchangeServer server) : NotificationChannelContract(server);

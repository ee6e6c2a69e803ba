using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Answers of a server, and of what stands before it, that are not what was asked for.</summary>
public sealed class OddAnswerStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly CleanSyncHost host = new CleanSyncHost()
        .With("Sync:CallTimeout", "00:00:02").With("Sync:AttemptGrace", "00:00:00.2").With("Scheduling:PushInterval", "00:00:00.2");
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna", "bert");
        api = host.Client(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_create_that_is_answered_by_somebody_elses_answer_is_looked_up_and_there_is_one_copy()
    {
        await api.Begin(exchange, "anna");
        exchange.Exchange.Faults.Next(new Fault.StrayAnswer(), "CreateItem");
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("its outcome is known", async () => (await State(booked)) is "Written" or "Confirmed", ct);
        Assert.Single(exchange.Mailbox("anna").Calendar);
        Assert.Equal(1, exchange.Exchange.Requests.Count("CreateItem"));
    }

    [Fact]
    public async Task An_address_that_is_not_the_primary_one_is_a_warning_that_names_the_primary()
    {
        exchange.Exchange.Organisation.AddAddress(Organisation.Address("anna"), Organisation.Address("anna.alias"));
        exchange.Exchange.Organisation.WantsPrimaryAddresses = true;
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Link(integration, "anna", Organisation.Address("anna.alias"));
        await api.Authorize(integration);
        await api.TrySync("anna");
        var link = await api.Staff("anna");
        Assert.Contains("Warning", link["health"]?.ToJsonString() ?? link.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("mailbox-address-is-not-primary", link.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("anna@contoso.example", link.ToJsonString(), StringComparison.Ordinal);

        await api.Link(integration, "anna");
        await api.Sync("anna");
    }

    [Theory]
    [InlineData(404, "MailboxGuidWithDomainNotFound", null)]
    [InlineData(302, null, "/owa/auth/errorFE.aspx?httpCode=500")]
    public async Task A_front_end_that_did_not_get_through_to_one_mailbox_stops_nobody_else_and_passes(int status, string? code,
        string? location)
    {
        await api.Begin(exchange, ["anna", "bert"]);
        exchange.Exchange.Faults.Next(new Fault.Http(status, CasErrorCode: code, Location: location), "SyncFolderItems",
            Organisation.Address("anna"));
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        var (_, problem) = await api.TrySync("anna");
        Assert.Contains("calendar-was-not-reached", problem!.ToJsonString(), StringComparison.Ordinal);
        await api.Sync("bert");
        await api.Sync("anna");
        Assert.Single(await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)));
    }

    private async Task<string> State(Guid booked) => (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>();
}

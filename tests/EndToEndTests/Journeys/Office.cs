using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Infrastructure.Exchange.Autodiscover;
using CleanSync.Infrastructure.Exchange.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>
/// Where a journey takes place: an Exchange, CleanSync under the rules of production for addresses and TLS, and what is known so far.
/// Passes start when the journey asks for them, so that it can count logons.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    private static readonly DateTimeOffset From = Days.Tomorrow.AddDays(-1), To = Days.Tomorrow.AddDays(20);
    private readonly HashSet<string> staffMade = [];

    private Office(
        Setup setup,
        DiscoverableExchange contoso,
        TemporaryFolder? data,
        Overheard? overheard,
        CancellationToken ct)
    {
        (Setup, Contoso, Ct) = (setup, contoso, ct);
        Host = new CleanSyncHost(data) { Replaced = services => Pretend(services, contoso.Network, overheard) }
            .With("Connection:AllowPlainHttp", "false")
            .With("Connection:AllowLocalAddresses", "false")
            .With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        Api = Host.Client(ct, tap: overheard is null ? null : new AnswerTap(overheard));
    }

    public Setup Setup { get; }

    public DiscoverableExchange Contoso { get; }

    public CleanSyncHost Host { get; }

    public CleanSyncClient Api { get; }

    public CancellationToken Ct { get; }

    /// <summary>What the admin will enter by mistake, and what the account's password will be.</summary>
    public (string Wrong, string New) Passwords { get; init; } = ("Wrong-Horse-1", "New-Password-8");

    /// <summary>The integration, once it is connected.</summary>
    public Guid Integration { get; set; }

    /// <summary>The form that the admin fills in, step by step.</summary>
    public JsonObject Entered { get; set; } = [];

    /// <summary>An appointment of anna and bert, booked before anything is connected.</summary>
    public Guid Booked { get; set; }

    public static async Task<Office> Open(Setup setup, CancellationToken ct) => new(setup, await setup.Exchange(ct), null, null, ct);

    /// <summary>One where everything is overheard at the lowest level, with passwords of its own.</summary>
    public static async Task<Office> Open(
        Setup setup,
        Overheard overheard,
        TemporaryFolder data,
        (string Old, string Wrong, string New) passwords,
        CancellationToken ct)
    {
        var office = new Office(setup, await setup.Exchange(ct), data, overheard, ct) { Passwords = (passwords.Wrong, passwords.New) };
        office.Contoso.Account.Password = passwords.Old;
        return office;
    }

    /// <summary>Somebody of the staff does something to an event of their own in Outlook, which gives its id.</summary>
    public string InOutlook(string staff, Func<Person, string> acts)
    {
        var id = acts(Person(staff));
        staffMade.Add(id);
        return id;
    }

    public Person Person(string staff) => Contoso.Exchange.Organisation.Mailbox(Organisation.Address(staff)).Person;

    /// <summary>What staff made, as it is now: subjects, times, ids and change keys.</summary>
    public List<string> StaffMade() => [.. Everything().Where(line => staffMade.Contains(line.Split(' ')[0]))];

    /// <summary>All that the calendars hold.</summary>
    public List<string> Everything() => Contoso.Exchange.Organisation.Snapshot("anna", "bert");

    public async Task<List<JsonNode>> Shown(string staff, string kind) =>
        [.. (await Api.Calendar(staff, From, To)).Where(e => e["kind"]!.GetValue<string>() == kind)];

    /// <summary>Where the copies of appointments are in a mailbox, in hours after midnight of tomorrow.</summary>
    public IEnumerable<double> CopiesAt(string staff) => Contoso.Exchange.Organisation.Mailbox(Organisation.Address(staff)).Calendar
        .Where(i => !staffMade.Contains(i.ItemId)).Select(i => (i.Fields.Start - Days.Tomorrow).TotalHours).Order();

    public string CopyOf(string staff, double hour) => Contoso.Exchange.Organisation.Mailbox(Organisation.Address(staff)).Calendar
        .Single(i => !staffMade.Contains(i.ItemId) && i.Fields.Start == Days.Tomorrow.AddHours(hour)).ItemId;

    public Task CopiesAre(string staff, params double[] hours) =>
        Eventually.Until($"{staff}'s copies are at {string.Join(", ", hours)}", () => CopiesAt(staff).SequenceEqual(hours), Ct);

    public async Task Sync()
    {
        foreach (var member in new[] { "anna", "bert" }) await Api.Sync(member);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Contoso.DisposeAsync();
    }

    private static void Pretend(IServiceCollection services, PretendNetwork network, Overheard? overheard)
    {
        services.Replace(ServiceDescriptor.Singleton<ResolveName>(network.Resolve))
            .Replace(ServiceDescriptor.Singleton<DialAddress>(network.Dial))
            .Replace(ServiceDescriptor.Singleton<FindServiceRecords>((_, _) => Task.FromResult<IReadOnlyList<ServiceRecord>>([])));
        if (overheard is null) return;
        services.AddSingleton<ILoggerProvider>(overheard);
        services.PostConfigure<LoggerFilterOptions>(filter =>
        {
            filter.Rules.Clear(); // those of the configuration, which let little through
            filter.MinLevel = LogLevel.Trace;
        });
    }
}

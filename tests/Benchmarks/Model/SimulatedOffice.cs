using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.Benchmarks.Model;

/// <summary>Exchange and the people in Outlook: three staff members in three time zones, one service account that may impersonate.</summary>
internal sealed class SimulatedOffice
{
    public const string AccountName = "svc-booking@contoso.example";
    public static readonly IReadOnlyList<string> Staff = ["anna", "bert", "cleo"];
    private static readonly string[] Zones = ["Europe/Berlin", "America/Santiago", "Asia/Kolkata"];
    private readonly ExchangeOrganisation organisation;
    private readonly FaultScript faults = new();
    private readonly RequestJournal journal = new();
    private readonly EwsEndpoint endpoint;
    private readonly Account account;
    private readonly List<(DateTimeOffset Due, byte[] Body)> late = [];

    public SimulatedOffice(FakeTimeProvider clock)
    {
        organisation = new ExchangeOrganisation(clock);
        account = organisation.AddAccount(AccountName, "Correct-Horse-7");
        organisation.GrantImpersonation(account);
        foreach (var member in Staff) organisation.AddMailbox(Address(member), Zone(member));
        endpoint = new EwsEndpoint(organisation, journal, faults, clock);
    }

    public static string Address(string staff) => $"{staff}@contoso.example";

    public static string Zone(string staff) => Zones[Staff.Select((s, i) => (s, i)).First(p => p.s == staff).i];

    public Mailbox Mailbox(string staff) => organisation.Mailbox(Address(staff));

    public void GiveOwnUids() => organisation.GivesItsOwnUids = true;

    public void AddAddress(string staff, string address) => organisation.AddAddress(Address(staff), address);

    public EwsReply Handle(byte[] body, Fault? fault = null)
    {
        if (fault is not null) faults.Next(fault);
        var reply = endpoint.Handle(body, new EwsHeaders(), new Caller(account));
        faults.Clear();
        journal.Clear();
        return reply;
    }

    /// <summary>A request that Exchange received, and carries out when everybody has given it up.</summary>
    public void HandleLater(byte[] body, DateTimeOffset due) => late.Add((due, body));

    /// <summary>Carries out what is late until then.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        foreach (var request in late.Where(l => l.Due <= now).ToList())
        {
            late.Remove(request);
            Handle(request.Body);
        }
    }
}

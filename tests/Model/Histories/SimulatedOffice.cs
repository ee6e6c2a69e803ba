using System.Text;
using System.Text.RegularExpressions;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.Model.Histories;

/// <summary>
/// Exchange and the people in Outlook: three staff members in three time zones, one service account that may impersonate.
/// </summary>
internal sealed partial class SimulatedOffice
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
    private readonly HashSet<(string Id, string ChangeKey)> told = [];
    private readonly Dictionary<string, List<Mailbox>> mailboxes = [];
    private readonly Dictionary<string, CalendarsHad> calendars = Staff.ToDictionary(s => s, _ => new CalendarsHad());
    private bool? delegatesDeletedItems;
    private readonly Dictionary<string, int> calls = Staff.ToDictionary(s => s, _ => 0);

    public SimulatedOffice(FakeTimeProvider clock)
    {
        organisation = new ExchangeOrganisation(clock);
        account = organisation.AddAccount(AccountName, "Correct-Horse-7");
        organisation.GrantImpersonation(account);
        foreach (var member in Staff)
        {
            mailboxes[member] = [organisation.AddMailbox(Address(member), Zone(member))];
            calendars[member].Add(Mailbox(member));
        }

        endpoint = new EwsEndpoint(organisation, journal, faults, clock);
    }

    public static string Address(string staff) => $"{staff}@contoso.example";

    public static string Zone(string staff) => Zones[Staff.Select((s, i) => (s, i)).First(p => p.s == staff).i];

    /// <summary>The mailbox that a staff member works with now.</summary>
    public Mailbox Mailbox(string staff) => mailboxes[staff][^1];

    /// <summary>Which calendars a staff member has had.</summary>
    public CalendarsHad Calendars(string staff) => calendars[staff];

    /// <summary>An item of a staff member's, in whichever of their mailboxes; null when it is gone.</summary>
    public CalendarEntry? Find(string staff, string itemId) =>
        mailboxes[staff].Select(m => m.Find(itemId)).FirstOrDefault(e => e is not null);

    /// <summary>The staff member works with another, empty mailbox from now on; the one before stays as it is.</summary>
    public string GiveNewMailbox(string staff)
    {
        var address = $"{staff}.mailbox{mailboxes[staff].Count + 1}@contoso.example";
        mailboxes[staff].Add(organisation.AddMailbox(address, Zone(staff)));
        calendars[staff].Add(Mailbox(staff));
        GrantDelegate(Mailbox(staff));
        return address;
    }

    /// <summary>The account is its owners' delegate, in mailboxes to come as well.</summary>
    public void GrantDelegate(bool deletedItems, bool hidesPrivate)
    {
        delegatesDeletedItems = deletedItems;
        organisation.HidesPrivateItems = hidesPrivate;
        HidPrivateItems |= hidesPrivate;
        foreach (var mailbox in mailboxes.Values.SelectMany(m => m)) GrantDelegate(mailbox);
    }

    /// <summary>The account could not see private items at one time.</summary>
    public bool HidPrivateItems { get; private set; }

    /// <summary>The account may see private items from now on.</summary>
    public void ShowPrivateItems() => organisation.HidesPrivateItems = false;

    private void GrantDelegate(Mailbox mailbox)
    {
        if (delegatesDeletedItems is not { } deletedItems) return;
        organisation.GrantFolderRights(account, mailbox.SmtpAddress, FolderLevel.Editor);
        if (deletedItems) organisation.GrantFolderRights(account, mailbox.SmtpAddress, FolderLevel.Editor, "deleteditems");
    }

    public void LimitPages(int changes) => organisation.LongestChangePage = changes;

    public void TellOldestFirst() => organisation.TellsOldestFirst = true;

    public void GiveOwnUids() => organisation.GivesItsOwnUids = true;

    public void ReportMovesAsUpdates() => organisation.ReportsMovesAsUpdates = true;

    public void SendAssistants(int touches, TimeSpan after) => organisation.Assistants = new AssistantPlan(touches, after);

    public void AddAddress(string staff, string address) => organisation.AddAddress(Mailbox(staff).SmtpAddress, address);

    /// <summary>Writes of CleanSync over a version of an item that it had never been told of.</summary>
    public List<string> Overwritten { get; } = [];

    /// <summary>The ids of all items that CleanSync ever asked Exchange to update or delete.</summary>
    public HashSet<string> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>How many calls have come for that mailbox.</summary>
    public int Calls(string staff) => calls[staff];

    /// <summary>The attempts whose create was delivered a second time.</summary>
    public HashSet<string> MadeTwice { get; } = new(StringComparer.Ordinal);

    /// <summary>The first answer to a request that is delivered twice.</summary>
    public EwsReply HandleTwice(byte[] body)
    {
        var first = Handle(body);
        if (IsCreate(body))
            MadeTwice.UnionWith(Items(IdAndKey().Matches(Encoding.UTF8.GetString(first.Body.Span)).Select(m => m.Groups[1].Value))
                .Select(Tags.AttemptOf).OfType<string>());
        Handle(body);
        return first;
    }

    public EwsReply Handle(byte[] body, Fault? fault = null)
    {
        if (fault is not null) faults.Next(fault);
        var request = Encoding.UTF8.GetString(body);
        if (IsWrite().IsMatch(request)) Written.UnionWith(ItemId().Matches(request).Select(m => m.Groups[1].Value));
        var unseen = request.Contains(":UpdateItem", StringComparison.Ordinal)
            ? [.. Items(request).Where(i => !told.Contains((i.ItemId, i.ChangeKey)))]
            : Array.Empty<CalendarEntry>();
        var reply = endpoint.Handle(body, new EwsHeaders(), new Caller(account));
        if (fault is not Fault.StaleChangeKey && WasDone(reply))
            Overwritten.AddRange(Items(unseen.Select(i => i.ItemId)).Except(unseen, ByVersion)
                .Select(i => $"a change of {i.ItemId} was overwritten unseen"));
        foreach (Match id in IdAndKey().Matches(Encoding.UTF8.GetString(reply.Body.Span)))
        {
            told.Add((id.Groups[1].Value, id.Groups[2].Value));
        }
        var mailbox = journal.All is [.., { Mailbox: { } address }] ? organisation.FindMailbox(address) : null;
        foreach (var member in Staff.Where(m => mailbox is null || Mailbox(m) == mailbox)) calls[member]++;
        faults.Clear();
        journal.Clear();
        return reply;
    }

    public static bool IsCreate(byte[] body) => Encoding.UTF8.GetString(body).Contains(":CreateItem", StringComparison.Ordinal);

    private static bool WasDone(EwsReply reply) =>
        Encoding.UTF8.GetString(reply.Body.Span).Contains("ResponseClass=\"Success\"", StringComparison.Ordinal);

    private static IEqualityComparer<CalendarEntry> ByVersion { get; } =
        EqualityComparer<CalendarEntry>.Create(
            (a, b) => a!.ItemId == b!.ItemId && a.ChangeKey == b.ChangeKey, e => e.ItemId.GetHashCode(StringComparison.Ordinal));

    private IEnumerable<CalendarEntry> Items(string request) => Items(ItemId().Matches(request).Select(m => m.Groups[1].Value));

    private IEnumerable<CalendarEntry> Items(IEnumerable<string> ids) =>
        ids.Distinct().Select(id => Staff.Select(m => Find(m, id)).FirstOrDefault(e => e is not null)).OfType<CalendarEntry>();

    [GeneratedRegex(":(UpdateItem|DeleteItem|MoveItem)[ >]")]
    private static partial Regex IsWrite();

    [GeneratedRegex("ItemId Id=\"([^\"]+)\"")]
    private static partial Regex ItemId();

    [GeneratedRegex("Id=\"([^\"]+)\" ChangeKey=\"([^\"]+)\"")]
    private static partial Regex IdAndKey();

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

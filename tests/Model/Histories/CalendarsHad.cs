using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.Model.Histories;

/// <summary>The calendars that a staff member has had, one after the other; the last is the present one.</summary>
internal sealed class CalendarsHad
{
    private const string Present = "calendar";
    private readonly List<(Mailbox Mailbox, string Folder)> calendars = [];
    private readonly HashSet<int> forgotten = [];
    private int inBackup;

    /// <summary>Another mailbox, with its calendar.</summary>
    public void Add(Mailbox mailbox) => calendars.Add((mailbox, Present));

    /// <summary>The mailbox has another calendar; the one before is a folder of that name.</summary>
    public void Replaced(string former)
    {
        var mailbox = calendars[^1].Mailbox;
        calendars[^1] = (mailbox, former);
        Add(mailbox);
    }

    /// <param name="presentIsKnown">CleanSync has opened the present calendar.</param>
    public void BackedUp(bool presentIsKnown) => inBackup = calendars.Count - (presentIsKnown ? 0 : 1);

    /// <summary>Calendars that came after the backup and have gone by now are known to nobody.</summary>
    public void Restored() => forgotten.UnionWith(Enumerable.Range(0, calendars.Count - 1).Where(i => i >= inBackup));

    /// <summary>What lies in the former calendars that CleanSync can know.</summary>
    /// <param name="replacedToo">Also those that were replaced in their mailbox, and not left with it.</param>
    public IEnumerable<CalendarEntry> InFormer(bool replacedToo) => calendars.SkipLast(1)
        .Where((calendar, i) => !forgotten.Contains(i) && (replacedToo || calendar.Folder == Present))
        .SelectMany(calendar => calendar.Mailbox.ItemsIn(calendar.Folder));
}

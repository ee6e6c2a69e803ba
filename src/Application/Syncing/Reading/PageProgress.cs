using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>
/// Watches the change pages of one pass, so that a server that never comes to an end does not keep it for ever: a page on which others
/// follow must bring a cursor of its own, and something new at least every few pages; and there are bounds.
/// </summary>
internal sealed class PageProgress(string mailbox)
{
    /// <summary>Half a million changes in pages of the usual size.</summary>
    public const int MostPages = 1000;

    /// <summary>
    /// What a full pass keeps of all pages until the last has come: eight million characters, of which a series takes some three hundred.
    /// </summary>
    public const int MostKept = 8 * 1024 * 1024;

    /// <summary>A page may hold nothing that concerns a calendar; so many in a row do not.</summary>
    public const int MostWithoutNews = 10;

    private readonly HashSet<int> seen = [];
    private int pages, withoutNews, kept;

    /// <summary>Throws <see cref="CalendarFailure"/> when reading on leads nowhere.</summary>
    /// <param name="asked">The cursor that the page was asked with.</param>
    public void Note(SyncCursor? asked, ChangePage page)
    {
        if (page.IsLast) return;
        if (page.Cursor == asked) throw Endless("the same page comes again and again");
        if (++pages >= MostPages) throw Endless($"more than {MostPages} pages of changes follow on one another");
        var news = false;
        foreach (var change in page.Changes) news |= seen.Add(HashCode.Combine(change.ItemId, change.ChangeKey, change.Removed));
        withoutNews = news ? 0 : withoutNews + 1;
        if (withoutNews >= MostWithoutNews) throw Endless($"{MostWithoutNews} pages in a row bring nothing new");
    }

    /// <summary>Something of a page has to be kept until the last has come.</summary>
    public void Keep(ThinChange change)
    {
        kept += change.ItemId.Length + (change.ChangeKey?.Length ?? 0) + (change.Uid?.Length ?? 0);
        if (kept > MostKept) throw Endless("it names more series than a calendar can hold");
    }

    private CalendarFailure Endless(string why) =>
        new(FailureReach.Passing, new CalendarWasNotReached(mailbox, $"its changes have no end: {why}"));
}

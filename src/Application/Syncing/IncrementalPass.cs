using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;

namespace CleanSync.Application.Syncing;

/// <summary>
/// Reads what changed since the cursor, page by page. What left the folder is staged and decided after the last page, because a later page may
/// bring it back. A changed series, an unknown deletion, a new day or many changes at once lead to one read of the window.
/// </summary>
internal sealed class IncrementalPass(
    ICalendarFeed feed, ISyncedEventRepository events, CopySearch copies, PageReading pages, PassCommit commit, EventPush push, SyncOptions options, TimeProvider time)
{
    public async Task Run(MailboxTurn turn, CalendarAccess access, StaffCalendarLink link, CancellationToken ct)
    {
        var window = SyncWindow.At(time.GetUtcNow(), access.Integration.HorizonMonths, CalendarZone.FindOrUtc(access.TimeZone));
        while (true)
        {
            await turn.Reserve(ct);
            var page = await feed.Changes(access, link.Cursor!, ct);
            var read = await pages.Read(turn, access, page, ct);
            var staged = page.IsLast ? await events.Staged(link.Id, ct) : [];
            var windowDue = link.WindowReadDue || read.WindowDue || IsDue(link, access, window);
            var isAll = page.IsLast && !windowDue && staged.Count == 0 && !read.Changes.Any(c => c is RemoteChange.Staged);
            link = await commit.Apply(turn, access, new PassReading
            {
                Window = window,
                StillThere = read.StillThere,
                Warnings = read.Warnings,
                Changes = _ => read.Changes,
                Advance = (l, _) => isAll
                    ? Completed(l.Advanced(page.Cursor, windowReadDue: false))
                    : l.Advanced(page.Cursor, read.WindowDue),
            }, ct);
            if (isAll) return;
            if (page.IsLast) break;
            await push.Run(turn, access, ct); // a waiting push does not wait for a long pass
        }

        await Settle(turn, access, link, window, ct);
    }

    private async Task Settle(MailboxTurn turn, CalendarAccess access, StaffCalendarLink link, SyncWindow window, CancellationToken ct)
    {
        var readWindow = link.WindowReadDue || IsDue(link, access, window);
        IReadOnlyList<RemoteEvent> view = [];
        IReadOnlySet<string> stillThere = new HashSet<string>();
        if (readWindow)
        {
            await turn.Reserve(ct);
            view = await feed.Window(access, window.Start, window.End, ct);
            stillThere = await copies.StillThere(turn, access, view, await events.OfLink(link.Id, ct), ct);
        }

        var staged = await events.Staged(link.Id, ct);
        var found = await copies.AskFor(turn, access, [.. staged.Where(e => e.Kind is EventKind.Copy && e.ItemId is not null)], cursorIsUnbroken: true, ct);
        IEnumerable<RemoteChange> gone = staged.Where(e => e.Kind is not EventKind.Copy).Select(e => new RemoteChange.Left(e.Id));
        await commit.Apply(turn, access, new PassReading
        {
            WholeLink = readWindow,
            Window = window,
            StillThere = stillThere,
            Warnings = found.Warnings,
            Changes = rows => [.. gone, .. readWindow ? WindowReading.Changes(view, rows) : [], .. found.Changes],
            Advance = (l, projection) => Completed(readWindow ? l.WindowRead(window, projection) : l),
        }, ct);
    }

    /// <summary>The day has changed, the horizon was moved, or events must be read under a new projection.</summary>
    private static bool IsDue(StaffCalendarLink link, CalendarAccess access, SyncWindow window) =>
        link.WindowReadOn != window.Day || link.WindowEnd != window.End || link.ProjectionVersion != access.Integration.ProjectionVersion;

    private StaffCalendarLink Completed(StaffCalendarLink link) => link.Completed(time.GetUtcNow(), options.PollInterval, LinkHealth.Syncing);
}

using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;

namespace CleanSync.Application.Syncing;

/// <summary>
/// Reads a calendar whole: first the change feed to its end for a cursor, then the window. A change made meanwhile shows up again in the next pass.
/// Everything commits at once, the cursor with it.
/// </summary>
internal sealed class FullPass(ICalendarFeed feed, ISyncedEventRepository events, WindowRead windows, CopySearch copies, UnreadableItems unreadable, PassCommit commit, NextPass next, TimeProvider time)
{
    public async Task Run(MailboxTurn turn, CalendarAccess access, CancellationToken ct)
    {
        var (cursor, masters) = await Drain(access, ct);
        var window = SyncWindow.At(time.GetUtcNow(), access.Integration.HorizonMonths, CalendarZone.FindOrUtc(access.TimeZone));
        var known = await events.OfLink(turn.LinkId, ct);
        var (view, poison) = await windows.Of(access, window, known, ct);
        var missing = WindowReading.CopiesToAskFor(view, known).Where(c => c.ItemId is null || !masters.ContainsKey(c.ItemId)).ToList();
        var again = await unreadable.AskAgain(turn, access, view, [.. WindowReading.Without(poison, known).Except(missing)], ct);
        var found = await copies.AskFor(turn, access, missing, cursorIsUnbroken: false, ct);
        var returned = await copies.AmongSeries(access, [.. masters.Values], known, ct);
        var stillThere = await copies.StillThere(access, [.. view, .. again.OfType<RemoteChange.Seen>().Select(s => s.Event)], known, ct);
        await commit.Apply(turn, access, new PassReading
        {
            WholeLink = true,
            Window = window,
            StillThere = stillThere,
            // Masters first: of a copy that became a series, one of the occurrences in the view is the copy itself.
            Changes = rows => [.. Series(masters, rows), .. WindowReading.Changes(view, rows, poison), .. again, .. found, .. returned],
            Advance = (link, projection) => next.After(
                (link with { Cursor = cursor, Drift = link.Drift with { Suspects = [] } }).WindowRead(window, projection), changed: true),
        }, ct);
    }

    private async Task<(SyncCursor Cursor, Dictionary<string, ThinChange> Masters)> Drain(CalendarAccess access, CancellationToken ct)
    {
        var masters = new Dictionary<string, ThinChange>(StringComparer.Ordinal);
        SyncCursor? cursor = null;
        while (true)
        {
            var page = await feed.Changes(access, cursor, ct);
            foreach (var change in page.Changes)
            {
                if (change is { Removed: false, Type: RemoteItemType.SeriesMaster }) masters[change.ItemId] = change;
                else masters.Remove(change.ItemId);
            }

            cursor = page.Cursor;
            if (page.IsLast) return (cursor, masters);
        }
    }

    private static IEnumerable<RemoteChange> Series(Dictionary<string, ThinChange> masters, IReadOnlyCollection<SyncedEvent> known)
    {
        foreach (var master in masters.Values) yield return new RemoteChange.SeriesSeen(master.ItemId, master.ChangeKey ?? "", master.Uid);
        foreach (var ended in known.Where(e => e.Kind is EventKind.Series && !masters.ContainsKey(e.ItemId!))) yield return new RemoteChange.Left(ended.Id);
    }
}

using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>
/// Reads a calendar whole: first the change feed to its end for a cursor, then the window. A change made meanwhile shows up again in the
/// next pass. Everything commits at once, the cursor with it. Where the stored ids mean nothing any more, Exchange's events are taken anew
/// and our copies are found by their tags: they keep their rows, so nothing is doubled.
/// </summary>
internal sealed class FullPass(
    ICalendarFeed feed,
    ISyncedEventRepository events,
    WindowRead windows,
    CopySearch copies,
    UnreadableItems unreadable,
    PassCommit commit,
    PassWindow windowOf,
    RestingCursors resting)
{
    public async Task Run(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct) =>
        await commit.Apply(calendar, await Read(calendar, link, ct), ct);

    /// <summary>Everything that the pass would commit, and nothing is stored.</summary>
    public async Task<PassObservation> Read(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct)
    {
        var anew = PassPlan.HasFormerIds(link, calendar.Settings);
        var before = await events.OfLink(calendar.LinkId, ct);
        var (cursor, masters, restored, untold, unread) = await Drain(calendar, link, before, ct);
        var window = await windowOf.Of(calendar, link, ct);
        var stored = await events.OfLink(calendar.LinkId, ct);
        var known = anew ? FormerIds.Known(stored) : stored;
        var shows = await windows.Of(calendar, window, known, ct);
        var view = shows.Events;
        var missing = WindowReading.CopiesToAskFor(view, known).Where(c => c.ItemId is null || !masters.ContainsKey(c.ItemId)).ToList();
        var others = WindowReading.Without(shows.Unreadable, known).Except(missing).ToList();
        var again = await unreadable.AskAgain(calendar, view, others, untold, ct);
        var found = await copies.AskFor(calendar, missing, cursorIsUnbroken: false, ct);
        if (anew) found = [.. found, .. await ByTags(calendar, view, stored, window, ct)];
        found = [.. found, .. await WithoutItem(calendar, view, stored, ct)];
        var inView = view.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var outside = restored.Where(i => !inView.Contains(i.Key)).ToDictionary(StringComparer.Ordinal);
        IReadOnlyList<RemoteChange> returned =
        [
            .. await copies.AmongSeries(calendar, [.. masters.Values], known, ct),
            .. await copies.BackOutside(calendar, outside, known, ct),
        ];
        var seen = again.Concat(returned).OfType<RemoteChange.Seen>().Select(s => s.Event);
        var asked = await copies.StillThere(calendar, [.. view, .. seen], known, ct);
        var observed = new PassObservation
        {
            Window = window,
            Told = [.. masters.Values.Select(m => new RemoteChange.SeriesSeen(m.ItemId, m.ChangeKey ?? "", m.Uid))],
            TellsAllSeries = unread is null,
            View = shows,
            AskedAgain = again,
            Found = [.. found, .. returned],
            Asked = asked,
            IdsMeanNothing = anew,
            Progress = new PassProgress.Whole(cursor, calendar.Settings.IdentityVersion),
            End = new PassEnd(Changed: true),
            Warnings = unread is null ? [] : [SyncWarning.ChangesUnreadable(unread)],
        };
        return observed.Without(await copies.IdsLeftBehind(calendar, observed.Seen, asked, known, ct));
    }

    /// <summary>Copies that had an item and that the view does not prove: each is looked for by its tag.</summary>
    private async Task<IReadOnlyList<RemoteChange>> ByTags(
        OpenCalendar calendar,
        IReadOnlyList<RemoteEvent> view,
        IReadOnlyList<SyncedEvent> stored,
        SyncWindow window,
        CancellationToken ct)
    {
        var tags = view.Where(e => e is { Tag: not null, IsOccurrence: false }).ToLookup(e => e.Tag!.EventId);
        var changes = new List<RemoteChange>();
        foreach (var copy in stored.Where(c => c is { Kind: EventKind.Copy, ItemId: not null, PushState: not PushState.Gone }
            && !(c.Times?.End <= window.Start)))
        {
            if (!tags[copy.Id].Any(e => copy.IsSurelyOurs(e.Tag!.AttemptId, e.Uid)))
                changes.AddRange(await copies.ByTag(calendar, copy.WithUnknownItem(), cursorIsUnbroken: false, ct));
        }

        return changes;
    }

    /// <summary>
    /// Copies that are to be written anew, and that may lie in this calendar all the same, outside the window: it may be the former one
    /// under another id. Only what is found counts.
    /// </summary>
    private async Task<IReadOnlyList<RemoteChange>> WithoutItem(
        OpenCalendar calendar, IReadOnlyList<RemoteEvent> view, IReadOnlyList<SyncedEvent> stored, CancellationToken ct)
    {
        var tags = view.Where(e => e is { Tag: not null, IsOccurrence: false }).ToLookup(e => e.Tag!.EventId);
        var changes = new List<RemoteChange>();
        foreach (var copy in stored.Where(c => c is { Kind: EventKind.Copy, ItemId: null, OpenAttempt: null, Attempts.Count: > 0 }
            && c.PushState is PushState.Queued or PushState.Failed && !tags[c.Id].Any(e => c.IsSurelyOurs(e.Tag!.AttemptId, e.Uid))))
        {
            changes.AddRange((await copies.ByTag(calendar, copy, cursorIsUnbroken: false, ct)).OfType<RemoteChange.Seen>());
        }

        return changes;
    }

    /// <summary>Where one item spoils the change feed, it ends before that item, with the code of what is wrong there.</summary>
    private async Task<Drained> Drain(
        OpenCalendar calendar, StaffCalendarLink link, IReadOnlyCollection<SyncedEvent> before, CancellationToken ct)
    {
        var ours = CopySearch.UidsOfGone(before);
        var untold = before.Where(e => e is { Kind: EventKind.External or EventKind.Unreadable, Unreadable: not null }).ToList();
        var masters = new Dictionary<string, ThinChange>(StringComparer.Ordinal);
        var back = new Dictionary<string, string>(StringComparer.Ordinal);
        var progress = new PageProgress(calendar.MailboxAddress);
        SyncCursor? cursor = null;
        while (true)
        {
            ChangePage page;
            try
            {
                page = await feed.Changes(calendar, cursor, ct);
            }
            catch (CalendarFailure failure) when (failure.Meaning is FailureMeaning.ChangesUnreadable)
            {
                resting.Failed(link.Id);
                return new Drained(cursor ?? SyncCursor.Beginning, masters, back, new HashSet<Guid>(), failure.ExchangeCode);
            }

            progress.Note(cursor, page);
            foreach (var change in page.Changes)
            {
                untold.RemoveAll(e => MayBe(e, change));
                if (change is not { Removed: false, Type: RemoteItemType.SeriesMaster })
                {
                    masters.Remove(change.ItemId);
                    if (change is { Removed: false, Uid: { } uid } && ours.Contains(uid)) back[change.ItemId] = uid;
                    else back.Remove(change.ItemId);
                    continue;
                }

                if (!masters.ContainsKey(change.ItemId)) progress.Keep(change);
                masters[change.ItemId] = change;
            }

            cursor = page.Cursor;
            if (!page.IsLast) continue;
            resting.Works(link.Id);
            return new Drained(cursor, masters, back, untold.Select(e => e.Id).ToHashSet(), null);
        }
    }

    /// <summary>What is told is this event, perhaps under another id.</summary>
    private static bool MayBe(SyncedEvent row, ThinChange told) => told.ItemId == row.ItemId
        || (row.Kind is EventKind.External && (row.Uid is null || told.Uid is null || told.Uid == row.Uid));

    /// <summary>What the change feed told to its end.</summary>
    /// <param name="Back">Items with the UID of a copy that is gone, by which they are known: they are back.</param>
    /// <param name="Untold">Rows of what Exchange could not give and has not told now, under no id: their items are not in the calendar.
    /// </param>
    private sealed record Drained(
        SyncCursor Cursor,
        Dictionary<string, ThinChange> Masters,
        Dictionary<string, string> Back,
        IReadOnlySet<Guid> Untold,
        string? Unread);
}

using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>
/// Reads what changed since the cursor, page by page. What left the folder is staged and decided after the last page, because a later page
/// may bring it back. A changed series, an unknown deletion, a new day or many changes at once lead to one read of the window. A copy that
/// was written but does not come back is asked for: Exchange reports no deletion of an item that was made and deleted between two passes.
/// </summary>
internal sealed class IncrementalPass(
    ICalendarFeed feed,
    ISyncedEventRepository events,
    WindowRead windows,
    CopySearch copies,
    UnreadableItems unreadable,
    PageReading pages,
    PassCommit commit,
    EventPush push,
    NextPass next,
    PassWindow windowOf,
    RestingCursors resting,
    TimeProvider time,
    ILogger<IncrementalPass> logger)
{
    public async Task Run(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct)
    {
        var window = await windowOf.Of(calendar, link, ct);
        var comparable = DriftReading.Comparable(link, window, calendar.Integration.HorizonMonths, calendar.Integration.ProjectionVersion);
        var mentions = ChangeMentions.Nothing;
        var contradicted = new HashSet<string>(StringComparer.Ordinal);
        var changed = false;
        var progress = new PageProgress(calendar.MailboxAddress);
        while (true)
        {
            var (page, instead) = await Page(calendar, link, ct);
            if (page is null)
            {
                await Settle(calendar, link, window, changed, contradicted, (_, _) => [], ct, instead);
                return;
            }

            progress.Note(link.Cursor, page);
            var read = await pages.Read(calendar, page, ct);
            mentions = mentions.And(read.Mentions);
            contradicted.UnionWith(read.Contradicted);
            changed |= read.WindowDue || read.Changes.Any(c => c is not RemoteChange.Echo);
            var windowDue = read.WindowDue || PassPlan.ReadsWindow(link, calendar.Integration, window);
            var isAll = page.IsLast && !windowDue && !await LeavesUnsettled(link.Id, read.Changes, ct);
            link = await commit.Apply(calendar, new PassReading
            {
                Window = window,
                Asked = read.Asked,
                Warnings = isAll ? Drifted(Explained(link, read)) : [],
                Changes = _ => read.Changes,
                Advance = (l, _) => isAll
                    ? Completed(Explained(l, read).Advanced(page.Cursor, windowReadDue: false), changed)
                    : Explained(l, read).Advanced(page.Cursor, read.WindowDue),
            }, ct);
            if (isAll) return;
            if (page.IsLast) break;
            if (link.Cursor is null) return; // an admin has the calendar read from scratch
            await push.Run(calendar, ct); // a waiting push does not wait for a long pass
        }

        await Settle(calendar, link, window, changed, contradicted, (view, known) => comparable is null
            ? []
            : DriftReading.Suspects(comparable, view, known, calendar.Integration.ShowEventTitles, mentions), ct);
    }

    /// <param name="insteadOfChanges">The change feed fails for one of its items, and the window is read in its place; with what is to be
    /// said of it.</param>
    private async Task Settle(
        OpenCalendar calendar,
        StaffCalendarLink link,
        SyncWindow window,
        bool changed,
        HashSet<string> contradicted,
        Func<IReadOnlyList<RemoteEvent>, IReadOnlyCollection<SyncedEvent>, IReadOnlyList<DriftSuspect>> suspects,
        CancellationToken ct,
        IReadOnlyList<SyncWarning>? insteadOfChanges = null)
    {
        var readWindow = insteadOfChanges is not null || PassPlan.ReadsWindow(link, calendar.Integration, window);
        var view = new WindowView([]);
        var whereabouts = Whereabouts.Unasked;
        IReadOnlyList<RemoteChange> again = [];
        IReadOnlyList<DriftSuspect> suspected = [];
        IReadOnlyList<SyncedEvent> vanished = [];
        if (readWindow)
        {
            var known = await events.OfLink(link.Id, ct);
            view = await windows.Of(calendar, window, known, ct);
            again = await unreadable.AskAgain(
                calendar,
                view.Events,
                [.. WindowReading.Without(view.Unreadable, known).Where(e => !e.RemovalStaged)],
                untold: new HashSet<Guid>(),
                ct);
            whereabouts = await copies.StillThere(
                calendar, [.. view.Events, .. again.OfType<RemoteChange.Seen>().Select(s => s.Event)], known, ct);
            suspected = suspects(view.Events, WindowReading.Without(view.Unreadable, known));
            // One of which this pass was told that it is there may have left just now: then the next pass is told.
            vanished = [.. WindowReading.CopiesThatVanished(view.Events, known, window).Where(c => !contradicted.Contains(c.ItemId!))];
        }

        var unsettled = await Unsettled(link.Id, ct);
        var asked = unsettled.Where(e => e.Kind is EventKind.Copy && e.ItemId is not null).ToLookup(e => e.RemovalStaged);
        var staged = await copies.AskFor(calendar, [.. asked[true]], cursorIsUnbroken: insteadOfChanges is null
            && (!asked[true].Any() || !await MayHideACopy(link, ct)), ct);
        var written = await copies.AskFor(calendar, [.. asked[false], .. vanished], cursorIsUnbroken: false, ct);
        var cameBackAsSeries = staged.Concat(written).Any(c => c is RemoteChange.Seen { Event.Type: RemoteItemType.SeriesMaster });
        IEnumerable<RemoteChange> gone = unsettled.Where(e => e.Kind is not EventKind.Copy).Select(e => new RemoteChange.Left(e.Id));
        await commit.Apply(calendar, new PassReading
        {
            WholeLink = readWindow,
            Window = window,
            Asked = whereabouts,
            HoldsAll = view.InDoubt,
            Warnings = insteadOfChanges ?? Drifted(link),
            Changes = rows =>
                [.. gone, .. readWindow ? WindowReading.Changes(view.Events, rows, view.Unreadable) : [], .. again, .. staged, .. written],
            Advance = (l, projection) =>
            {
                var completed = Suspecting(Completed(readWindow ? l.WindowRead(window, projection) : l, changed), suspected);
                // its occurrences may have been taken for events of their own
                return cameBackAsSeries ? completed.WindowDue(time.GetUtcNow()) : completed;
            },
        }, ct);
    }

    /// <summary>No page while the change feed fails for one of its items; then what is to be said of it, which is told once.</summary>
    private async Task<(ChangePage? Page, IReadOnlyList<SyncWarning> Instead)> Page(OpenCalendar calendar, StaffCalendarLink link,
        CancellationToken ct)
    {
        if (resting.Rests(link.Id)) return (null, []);
        try
        {
            var page = await feed.Changes(calendar, link.Cursor!, ct);
            if (page.IsLast) resting.Works(link.Id);
            return (page, []);
        }
        catch (CalendarFailure failure) when (failure.Meaning is FailureMeaning.ChangesUnreadable)
        {
            if (!resting.Failed(link.Id)) return (null, []);
            logger.LogWarning("{StaffId}: the change feed fails for an item ({Code}); the window is read in its place", link.StaffId,
                failure.ExchangeCode);
            return (null, [SyncWarning.ChangesUnreadable(failure.ExchangeCode!)]);
        }
    }

    /// <summary>
    /// An item came since the last pass that Exchange cannot give, or whose tag it holds back: it may be a copy that was moved away and
    /// back.
    /// </summary>
    private async Task<bool> MayHideACopy(StaffCalendarLink link, CancellationToken ct) =>
        (await events.OfLink(link.Id, ct)).Any(e =>
            e is { Kind: EventKind.Unreadable }
                or { Kind: EventKind.Series, Unreadable: not null }
                or { Kind: EventKind.External, Uid: null, IsPrivate: true }
            && (link.LastSyncedAt is not { } last || TimeOrderedId.GivenAt(e.Id) >= last));

    /// <summary>
    /// Whether anything stays open once this page is applied: a staged removal, or a copy that was written and has not come back.
    /// </summary>
    private async Task<bool> LeavesUnsettled(Guid linkId, IReadOnlyList<RemoteChange> changes, CancellationToken ct)
    {
        if (changes.Any(c => c is RemoteChange.Staged)) return true;
        var echoed = changes.OfType<RemoteChange.Echo>().Select(c => c.EventId).ToHashSet();
        var seen = changes.OfType<RemoteChange.Seen>().Select(c => c.Event.ItemId).ToHashSet(StringComparer.Ordinal);
        return (await Unsettled(linkId, ct)).Any(e => !echoed.Contains(e.Id) && (e.ItemId is null || !seen.Contains(e.ItemId)));
    }

    /// <summary>A copy that Exchange cannot give is asked for only when the window is read.</summary>
    private async Task<IReadOnlyList<SyncedEvent>> Unsettled(Guid linkId, CancellationToken ct) =>
        [.. (await events.Unsettled(linkId, ct)).Where(e => e.RemovalStaged || e.Unreadable is null)];

    private static StaffCalendarLink Explained(StaffCalendarLink link, PageMeaning read) =>
        link with { Drift = link.Drift.ExplainedBy(read.Mentions) };

    private static StaffCalendarLink Suspecting(StaffCalendarLink link, IReadOnlyList<DriftSuspect> found) =>
        link with { Drift = link.Drift.Suspecting(found) };

    /// <summary>What the last nightly read found, and no page of this pass explains.</summary>
    private IReadOnlyList<SyncWarning> Drifted(StaffCalendarLink link)
    {
        if (link.Drift.Suspects.Count == 0) return [];
        logger.LogWarning("{StaffId}: {Count} events had drifted, and were healed by the nightly read", link.StaffId,
            link.Drift.Suspects.Count);
        return [SyncWarning.DriftHealed(link.Drift.Suspects.Count)];
    }

    /// <summary>Every page was read: what no page explained has drifted.</summary>
    private StaffCalendarLink Completed(StaffCalendarLink link, bool changed) =>
        next.After(link, changed) with { Drift = link.Drift.Established(time.GetUtcNow()) };
}

using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Passes;
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
    PassWindow windowOf,
    RestingCursors resting,
    ILogger<IncrementalPass> logger)
{
    public async Task Run(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct)
    {
        var window = await windowOf.Of(calendar, link, ct);
        var told = new Told(
            DriftReading.Comparable(link, window, calendar.Settings.HorizonMonths, calendar.Settings.ProjectionVersion));
        var progress = new PageProgress(calendar.MailboxAddress);
        while (true)
        {
            var (page, instead) = await Page(calendar, link, ct);
            if (page is null)
            {
                await Settle(calendar, link, window, told with { Comparable = null, InsteadOfChanges = instead }, ct);
                return;
            }

            progress.Note(link.Cursor, page);
            var read = await pages.Read(calendar, page, ct);
            told = told.And(read);
            var windowDue = read.WindowDue || PassPlan.ReadsWindow(link, calendar.Settings, window);
            var isAll = page.IsLast && !windowDue && !await LeavesUnsettled(link.Id, read.Changes, ct);
            link = await Apply(calendar, link, new PassObservation
            {
                Window = window,
                Told = read.Changes,
                Asked = read.Asked,
                Progress = new PassProgress.Page(page.Cursor, read.Mentions, read.WindowDue),
                End = isAll ? new PassEnd(told.Changed) : null,
            }, ct);
            if (isAll) return;
            if (page.IsLast) break;
            if (link.Cursor is null) return; // an admin has the calendar read from scratch
            await push.Run(calendar, ct); // a waiting push does not wait for a long pass
        }

        await Settle(calendar, link, window, told, ct);
    }

    private async Task Settle(
        OpenCalendar calendar,
        StaffCalendarLink link,
        SyncWindow window,
        Told told,
        CancellationToken ct)
    {
        var readWindow = told.InsteadOfChanges is not null || PassPlan.ReadsWindow(link, calendar.Settings, window);
        WindowView? view = null;
        var whereabouts = Whereabouts.Unasked;
        IReadOnlyList<RemoteChange> again = [];
        IReadOnlyList<DriftSuspect> suspected = [];
        IReadOnlyList<SyncedEvent> vanished = [];
        IReadOnlyList<SyncedEvent> known = [];
        if (readWindow)
        {
            known = await events.OfLink(link.Id, ct);
            view = await windows.Of(calendar, window, known, ct);
            again = await unreadable.AskAgain(
                calendar,
                view.Events,
                [.. WindowReading.Without(view.Unreadable, known).Where(e => !e.RemovalStaged)],
                untold: new HashSet<Guid>(),
                ct);
            whereabouts = await copies.StillThere(
                calendar, [.. view.Events, .. again.OfType<RemoteChange.Seen>().Select(s => s.Event)], known, ct);
            if (told.Comparable is { } comparable)
                suspected = DriftReading.Suspects(comparable, view.Events, WindowReading.Without(view.Unreadable, known),
                    calendar.Settings.ShowEventTitles, told.Mentions);
            // One of which this pass was told that it is there may have left just now: then the next pass is told.
            vanished = [.. WindowReading.CopiesThatVanished(view.Events, known, window).Where(c => !told.Contradicted.Contains(c.ItemId!))];
        }

        var unsettled = await Unsettled(link.Id, ct);
        var asked = unsettled.Where(e => e.Kind is EventKind.Copy && e.ItemId is not null).ToLookup(e => e.RemovalStaged);
        var staged = await copies.AskFor(calendar, [.. asked[true]], cursorIsUnbroken: told.InsteadOfChanges is null
            && (!asked[true].Any() || !await MayHideACopy(link, ct)), ct);
        var written = await copies.AskFor(calendar, [.. asked[false], .. vanished], cursorIsUnbroken: false, ct);
        var observed = new PassObservation
        {
            Window = window,
            Told = [.. unsettled.Where(e => e.Kind is not EventKind.Copy).Select(e => new RemoteChange.Left(e.Id))],
            View = view,
            AskedAgain = again,
            Found = [.. staged, .. written],
            Asked = whereabouts,
            End = new PassEnd(told.Changed, EveryPageWasRead: told.InsteadOfChanges is null) { Suspects = suspected },
            Warnings = told.InsteadOfChanges ?? [],
        };
        await Apply(
            calendar, link, observed.Without(await copies.IdsLeftBehind(calendar, observed.Seen, whereabouts, known, ct)), ct);
    }

    private async Task<StaffCalendarLink> Apply(
        OpenCalendar calendar, StaffCalendarLink before, PassObservation seen, CancellationToken ct)
    {
        var link = await commit.Apply(calendar, seen, ct);
        if (link.Drift.Events > before.Drift.Events)
            logger.LogWarning("{StaffId}: {Count} events had drifted, and were healed by the nightly read", link.StaffId,
                link.Drift.Events - before.Drift.Events);
        return link;
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

    /// <summary>What the pages of this pass told so far.</summary>
    /// <param name="Comparable">As <see cref="DriftReading.Comparable"/> says; null as well when changes could not be read.</param>
    private sealed record Told(SyncWindow? Comparable)
    {
        public ChangeMentions Mentions { get; init; } = ChangeMentions.Nothing;

        /// <inheritdoc cref="PageMeaning"/>
        public HashSet<string> Contradicted { get; init; } = [];

        public bool Changed { get; init; }

        /// <summary>
        /// The change feed fails for one of its items, and the window is read in its place: what is to be said of it; null as a rule.
        /// </summary>
        public IReadOnlyList<SyncWarning>? InsteadOfChanges { get; init; }

        public Told And(PageMeaning page) => this with
        {
            Mentions = Mentions.And(page.Mentions),
            Contradicted = Contradicted.Union(page.Contradicted, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal),
            Changed = Changed || page.WindowDue || page.Changes.Any(c => c is not RemoteChange.Echo),
        };
    }
}

using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>Recall, plan, commit: again from the recall when anything that the plan stood on has changed meanwhile.</summary>
internal sealed class PassCommit(
    IExchangeIntegrationRepository integrations,
    IStaffCalendarLinkRepository links,
    ISyncedEventRepository events,
    IAppointmentRepository appointments,
    IRemovalLog removals,
    BusyTimes busy,
    ISyncStore store,
    ICalendarQueue queue,
    UnresolvedExceptions streaks,
    NextPass next,
    SyncMetrics metrics,
    SyncOptions options,
    INewIds ids,
    IClockTrust clock,
    ICautiousClock cautious,
    TimeProvider time)
{
    private const int MaxPlans = 50;

    /// <summary>Returns the link as committed.</summary>
    public async Task<StaffCalendarLink> Apply(OpenCalendar calendar, PassObservation seen, CancellationToken ct)
    {
        for (var plan = 1; plan <= MaxPlans; plan++)
        {
            var (link, integration) = await StillWanted(calendar, ct);
            var (basis, outcome) = await Recall(link, integration, seen, ct);
            var steps = PullPlanner.Plan(basis, outcome.Changes);
            var mayTrim = await clock.MayTrim(ct);
            var becomes = await streaks.Shown(link, outcome.Link, ct);
            var planned = Entry(steps, becomes, outcome.Warnings, basis.Now);
            var entry = planned with
            {
                Lease = calendar.Lease,
                Remove = [.. planned.Remove, .. outcome.Forgotten],
                ForgetRemovedBefore = seen.IsWhole && mayTrim ? basis.Now - RemovedEvent.KeptFor : null,
                KeepsHistory = !mayTrim,
                Settings = new PlannedUnder(integration.Id, integration.SettingsVersion),
            };
            if (!await store.Commit(entry, ct))
            {
                await calendar.Confirm(ct);
                continue;
            }

            metrics.Conflicts(entry.Conflicts.Count);
            calendar.Note(entry.Keep.Count + entry.Remove.Count);
            queue.Add(
                CalendarWork.Push,
                entry.Keep.Where(e => e.LinkId != link.Id && e.NextPushAt is not null).Select(e => e.LinkId).Distinct());
            return becomes.Saved();
        }

        throw new InvalidOperationException($"{MaxPlans} plans in a row were overtaken by other changes.");
    }

    /// <summary>What a commit would do as things are now; nothing is stored.</summary>
    public async Task<(PullBasis Basis, IReadOnlyList<SyncStep> Steps)> Plan(
        StaffCalendarLink link,
        ExchangeIntegration integration,
        PassObservation seen,
        CancellationToken ct)
    {
        var (basis, outcome) = await Recall(link, integration, seen, ct);
        return (basis, PullPlanner.Plan(basis, outcome.Changes));
    }

    private async Task<(StaffCalendarLink Link, ExchangeIntegration Integration)> StillWanted(OpenCalendar calendar, CancellationToken ct)
    {
        var link = await links.Find(calendar.LinkId, ct) ?? throw new InvalidOperationException("The link was removed during its pass.");
        var integration = await integrations.Find(link.IntegrationId, ct)
            ?? throw new InvalidOperationException("The integration was removed during a pass.");
        if (integration.BlockedBy is IntegrationIsNotAuthorized stopped) throw new CalendarFailure(FailureReach.Integration, stopped);
        if (integration.BlockedBy is { } still)
            throw new CalendarFailure(FailureReach.BackOff, still, retryAfter: TimeSpan.Zero, outcome: CallOutcome.NotSent);
        if (!link.Enabled && !link.RemovesCopies) throw new CalendarFailure(FailureReach.Passing, new LinkIsDisabled(link.StaffId));
        if (link.CalendarId != calendar.CalendarId
            || !link.CalendarChecked
            || link.IntegrationId != calendar.Server.IntegrationId
            || integration.IdentityVersion != calendar.Settings.IdentityVersion)
            throw new CalendarFailure(
                FailureReach.Passing, new CalendarWasNotReached(calendar.MailboxAddress, "the link was changed meanwhile"));
        return (link, integration);
    }

    private async Task<(PullBasis Basis, PassOutcome Outcome)> Recall(
        StaffCalendarLink link, ExchangeIntegration integration, PassObservation seen, CancellationToken ct)
    {
        var rows = seen.IsWhole ? await events.OfLink(link.Id, ct) : [];
        var outcome = PassOutcome.Of(seen, rows, link, integration.ProjectionVersion, next.PaceOf(link.Id), time.GetUtcNow());
        var known = seen.IsWhole ? outcome.Known : await Named(link.Id, outcome.Changes, ct);
        var appointmentIds = known.Where(e => e.AppointmentId is not null).Select(e => e.AppointmentId!.Value).Distinct().ToList();
        var basis = new PullBasis
        {
            Link = link,
            Window = seen.Window,
            Now = cautious.Earliest(),
            ShowTitles = integration.ShowEventTitles,
            ProjectionVersion = integration.ProjectionVersion,
            DeclinedBlocks = options.DeclinedMeetingsBlock,
            Known = known,
            Appointments = appointmentIds.Count == 0 ? [] : await appointments.Named(appointmentIds, ct),
            Copies = appointmentIds.Count == 0 ? [] : await events.CopiesOf(appointmentIds, ct),
            StillThere = seen.Asked.There,
            MayBeThere = seen.Asked.Perhaps,
            HoldsAll = seen.View is { InDoubt: true } || link.CalendarReplaced,
            NewId = ids.Next,
        };
        var taken = await BusyAround(basis, outcome.Changes, ct);
        return (basis with { Busy = taken, Fuse = await Fuse(basis, seen, outcome.Changes, ct) }, outcome);
    }

    private async Task<IReadOnlyList<SyncedEvent>> Named(Guid linkId, IReadOnlyList<RemoteChange> changes, CancellationToken ct)
    {
        var items = new List<string>();
        var identities = new List<string>();
        var ids = new List<Guid>();
        foreach (var change in changes)
        {
            switch (change)
            {
                case RemoteChange.Seen { Event: var seen }:
                    items.Add(seen.ItemId);
                    identities.Add(seen.Identity);
                    if (seen.Tag is { } tag) ids.Add(tag.EventId);
                    break;
                case RemoteChange.SeriesSeen series: items.Add(series.ItemId); break;
                case RemoteChange.Unreadable setAside: items.Add(setAside.ItemId); break;
                case RemoteChange.Echo echo: ids.Add(echo.EventId); break;
                case RemoteChange.Staged staged: ids.Add(staged.EventId); break;
                case RemoteChange.Left left: ids.Add(left.EventId); break;
                case RemoteChange.Lost lost: ids.Add(lost.EventId); break;
            }
        }

        if (changes.Count == 0) return [];
        var known = await events.Named(linkId, items, identities, ids, ct);
        var alike = await events.WithUids(linkId, UidsInQuestion(changes, known), ct);
        return alike.Count == 0 ? known : [.. known.Concat(alike).DistinctBy(e => e.Id)];
    }

    /// <summary>
    /// UIDs of what comes without a row, of what leaves, and of what is private: other rows with them may be the same event.
    /// </summary>
    private static HashSet<string> UidsInQuestion(IReadOnlyList<RemoteChange> changes, IReadOnlyList<SyncedEvent> known)
    {
        var rows = known.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var leaving = changes.OfType<RemoteChange.Left>().Select(l => l.EventId).ToHashSet();
        return
        [
            .. changes.OfType<RemoteChange.Seen>()
            .Select(s => s.Event)
            .Where(e => e.IsPrivate || !rows.Contains(e.ItemId))
            .Select(e => e.Uid)
            .OfType<string>(),
            .. known.Where(e => e.Kind is EventKind.External && leaving.Contains(e.Id)).Select(e => e.Uid).OfType<string>(),
        ];
    }

    /// <summary>Counted only when something leaves.</summary>
    private async Task<RemovalCount?> Fuse(PullBasis basis, PassObservation seen, IReadOnlyList<RemoteChange> changes, CancellationToken ct)
    {
        if (seen.ReleasesHeld) return null;
        return changes.Any(c => c is RemoteChange.Left)
            ? await removals.Count(basis.Link.Id, basis.Now - DeletionFuse.Memory, basis.Now, ct)
            : new RemovalCount(0, 0);
    }

    /// <summary>Only a restored copy asks whether its time is still free.</summary>
    private async Task<IReadOnlyList<EventTimes>> BusyAround(PullBasis basis, IReadOnlyList<RemoteChange> changes, CancellationToken ct)
    {
        var taken = new List<EventTimes>();
        foreach (var seen in changes.OfType<RemoteChange.Seen>().Select(c => c.Event))
        {
            if (basis.Known.FirstOrDefault(e => e.Kind is EventKind.Copy && (e.PushState is PushState.Gone || e.ItemId is null)
                && (e.Id == seen.Tag?.EventId || e.ItemId == seen.ItemId)) is not { } copy) continue;
            var own = basis.Appointments.FirstOrDefault(a => a.Id == copy.AppointmentId)?.Times;
            foreach (var times in own is null || own.SameSpan(seen.Times) ? [seen.Times] : (EventTimes[])[seen.Times, own])
                taken.AddRange(await busy.Around(basis.Link, times, copy.AppointmentId, seen.ItemId, basis.Now, ct));
        }

        return taken;
    }

    private ChangeSet Entry(
        IReadOnlyList<SyncStep> steps,
        StaffCalendarLink link,
        IReadOnlyList<SyncWarning> warnings,
        DateTimeOffset now) => new()
        {
            Links = [link],
            Appointments = [.. steps.OfType<SyncStep.Change>().Select(s => s.Appointment)],
            Keep = [.. steps.OfType<SyncStep.Keep>().Select(s => s.Event)],
            Remove = [.. steps.OfType<SyncStep.Remove>().Select(s => s.Event)],
            Removals = [.. steps.OfType<SyncStep.Remember>().Select(s => new Removal(link.Id, s.Unit, now))],
            Removed = [.. steps.OfType<SyncStep.Undoable>().Select(s => new RemovedEvent(ids.Next(), now, s.Event))],
            CameBack = [.. steps.OfType<SyncStep.CameBack>()],
            HideTitlesOf = [.. steps.OfType<SyncStep.Hide>().Select(s => s.Uid)],
            Conflicts = [.. steps.OfType<SyncStep.Record>().Select(s => s.Conflict)],
            Warnings =
            [.. steps.OfType<SyncStep.Warn>().Select(s => s.Warning).Concat(warnings)
                .Select(w => new LinkWarning(ids.Next(), link.Id, now, w))],
        };
}

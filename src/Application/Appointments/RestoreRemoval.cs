using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using MediatR;

namespace CleanSync.Application.Appointments;

/// <summary>
/// Takes a removal back. An appointment is booked again for this staff member, and its copy written again; an Exchange event blocks time
/// again, here only, until it passes or comes back. Restoring twice is done once.
/// </summary>
/// <param name="EvenIfBusy">Restores an appointment although something else takes its time by now.</param>
public sealed record RestoreRemoval(string StaffId, Guid Id, bool EvenIfBusy) : IRequest<Result>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of($"staff/{StaffId}");

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IExchangeIntegrationRepository integrations,
        IRemovedEvents removals,
        ISyncedEventRepository events,
        IAppointmentRepository appointments,
        BusyTimes busy,
        AppointmentEditing editing,
        ISyncStore store,
        INewIds ids,
        ICautiousClock cautious) : IRequestHandler<RestoreRemoval, Result>
    {
        public async Task<Result> Handle(RestoreRemoval command, CancellationToken ct)
        {
            if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
            var now = cautious.Earliest();
            if (await removals.Find(link.Id, command.Id, ct) is not { } removed || removed.RemovedAt <= now - RemovedEvent.KeptFor)
                return new RemovalNotFound(command.Id);
            return removed.Event.AppointmentId is { } appointment
                ? await Book(link, appointment, command.EvenIfBusy, now, ct)
                : await Keep(link, command.Id, now, ct);
        }

        private async Task<Result> Book(
            StaffCalendarLink link,
            Guid id,
            bool evenIfBusy,
            DateTimeOffset now,
            CancellationToken ct)
        {
            if (await appointments.Find(id, ct) is not { } appointment) return new AppointmentNotFound(id);
            if (appointment.Wants(link.StaffId)) return Result.Done;
            if (appointment.Times.End <= now) return new RemovalIsPast();
            if (!evenIfBusy && appointment.Status is not AppointmentStatus.Cancelled
                && (await busy.Around(link, appointment.Times, id, item: null, now, ct)).Count > 0)
                return new TimeIsTaken(link.StaffId);
            var restored = await editing.Edit(id, appointment.Version, a => a.RestoredFor(link.StaffId), ct);
            return restored.Refusal is { } refusal ? refusal : Result.Done;
        }

        /// <summary>Under another id.</summary>
        private async Task<bool> IsBack(SyncedEvent removed, CancellationToken ct) =>
            removed.Uid is { } uid
                && (await events.WithUids(removed.LinkId, [uid], ct)).Any(
                    e => e.OriginalStart == removed.OriginalStart && e.Times?.SameSpan(removed.Times!) == true);

        private Task<Result> Keep(StaffCalendarLink link, Guid id, DateTimeOffset now, CancellationToken ct) =>
            store.Change("The removal", async () =>
            {
                // Read anew each time: the titles may have been forgotten meanwhile.
                if (await integrations.Find(link.IntegrationId, ct) is not { } integration
                    || await removals.Find(link.Id, id, ct) is not { } removed) return new RemovalNotFound(id);
                if (removed.Event.Times!.End <= now) return new RemovalIsPast();
                var kept = removed.Kept(ids.Next());
                if ((await events.Named(link.Id, [], [kept.Identity], [], ct)).Count > 0 || await IsBack(kept, ct))
                    return (ChangeSet?)null;
                if (!integration.ShowEventTitles) kept = kept with { Title = null, Location = null };
                return new ChangeSet { Settings = new PlannedUnder(integration.Id, integration.SettingsVersion), Keep = [kept] };
            }, ct);
    }
}

using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pushes;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

public enum CopiesDecision
{
    /// <summary>The appointments stay in the calendar as they are; nothing moves on either side.</summary>
    Keep,

    /// <summary>The appointments are removed from the calendar, past ones too; what staff made stays.</summary>
    Remove,
}

/// <summary>
/// Switches syncing of one staff member on or off. On catches up with both sides, and writes removed appointments that are still to come
/// again.
/// </summary>
/// <param name="Copies">What becomes of the appointments in the calendar when it is switched off; of no meaning when it is switched
/// on.</param>
/// <param name="ExpectedVersion">From If-Match; null to switch whatever is stored.</param>
public sealed record EnableStaffLink(string StaffId, bool Enabled, CopiesDecision? Copies, int? ExpectedVersion = null)
    : IRequest<Result>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("staff", StaffId, new GetStaffLink(StaffId));

    internal sealed class Validator : AbstractValidator<EnableStaffLink>
    {
        public Validator() => RuleFor(c => c.Copies).NotNull().When(c => !c.Enabled)
            .OverridePropertyName("copies").WithMessage(DeleteStaffLink.CopiesExpected);
    }

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IExchangeIntegrationRepository integrations,
        ISyncedEventRepository events,
        IAppointmentRepository appointments,
        ISyncStore store,
        ICalendarQueue queue,
        ReviewSignal review,
        INewIds ids,
        ICautiousClock cautious,
        TimeProvider time) : IRequestHandler<EnableStaffLink, Result>
    {
        public async Task<Result> Handle(EnableStaffLink command, CancellationToken ct)
        {
            Guid? switched = null;
            var done = await store.Change("The link", async () =>
            {
                switched = null;
                if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
                if (command.ExpectedVersion is { } expected && expected != link.SettingsVersion) return new ChangedMeanwhile("The link");
                if (link.Deletion is not null) return new LinkIsBeingDeleted(command.StaffId);
                var removes = !command.Enabled && command.Copies is CopiesDecision.Remove;
                if (link.Enabled == command.Enabled && link.RemovesCopies == removes) return (ChangeSet?)null;
                if (await integrations.Find(link.IntegrationId, ct) is { DisconnectingSince: not null })
                    return new IntegrationIsBeingDisconnected();
                switched = link.Id;
                return new ChangeSet
                {
                    Links = [command.Enabled ? link.SwitchedOn(time.GetUtcNow()) : link.SwitchedOff(removes)],
                    Keep = removes || link.RemovesCopies ? await Copies(link, removes, ct) : [],
                };
            }, ct);
            if (done.IsRefused || switched is not { } id) return done;
            queue.Add(CalendarWork.Push, [id]);
            review.Ask();
            return done;
        }

        private async Task<IReadOnlyList<SyncedEvent>> Copies(StaffCalendarLink link, bool removes, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var copies = (await events.OfLink(link.Id, ct)).Where(e => e.Kind is EventKind.Copy).ToList();
            if (removes)
                return [.. copies.Where(c => c.PushState is not (PushState.Gone or PushState.Withdrawing)).Select(c => c.Withdrawn(now))];
            var booked = await appointments.Named(
                [.. copies.Where(c => c.AppointmentId is not null).Select(c => c.AppointmentId!.Value).Distinct()], ct);
            return copies.BackInCalendar(booked, link.StaffId, cautious.Earliest(), ids.Next);
        }
    }
}

using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>
/// Links a staff member's calendar, or changes the link. Their upcoming appointments are queued for Exchange in the same commit. With
/// manual user syncing a new link starts switched off.
/// </summary>
/// <param name="ExpectedVersion">From If-Match; null to change whatever is stored.</param>
public sealed record PutStaffLink(
    string StaffId,
    string StaffName,
    Guid IntegrationId,
    string? MailboxAddress,
    string TimeZone,
    int? ExpectedVersion = null)
    : IRequest<Result<bool>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("staff", StaffId, new GetStaffLink(StaffId));

    internal sealed class Validator : AbstractValidator<PutStaffLink>
    {
        public Validator()
        {
            RuleFor(c => c.StaffId).Must(StaffIds.IsValid).OverridePropertyName("staffId").WithMessage(StaffIds.Expected);
            RuleFor(c => c.StaffName).Must(Text.UpTo(200))
                .OverridePropertyName("staffName")
                .WithMessage("Expected the staff member's name, 1 to 200 characters.")
                .OneLine();
            RuleFor(c => c.MailboxAddress).EmailAddress().MaximumLength(320).OverridePropertyName("mailboxAddress")
                .WithMessage("Expected the primary e-mail address of the mailbox, or nothing while there is none.").OneLine();
            RuleFor(c => c.TimeZone).Must(id => CalendarZone.Find(id) is not null)
                .OverridePropertyName("timeZone")
                .WithMessage("Expected an IANA or Windows time zone id, such as Europe/Berlin.");
        }
    }

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        IAppointmentRepository appointments,
        ISyncStore store,
        ICalendarQueue queue,
        ReviewSignal review,
        INewIds ids,
        ICautiousClock cautious,
        TimeProvider time) : IRequestHandler<PutStaffLink, Result<bool>>
    {
        /// <summary>
        /// True when the link is new. A pass that changes the link meanwhile is no reason to refuse: it is put onto what the pass left.
        /// </summary>
        public async Task<Result<bool>> Handle(PutStaffLink command, CancellationToken ct)
        {
            var (id, isNew) = (Guid.Empty, false);
            var put = await store.Change("The link", async () =>
            {
                if (await integrations.Find(command.IntegrationId, ct) is not { } integration)
                    return new IntegrationNotFound(command.IntegrationId);
                var now = time.GetUtcNow();
                var stored = await links.FindByStaff(command.StaffId, ct);
                if (integration.DisconnectingSince is not null || (stored is not null && await IsLeaving(stored, ct)))
                    return new IntegrationIsBeingDisconnected();
                if (command.ExpectedVersion is { } expected && expected != stored?.SettingsVersion) return new ChangedMeanwhile("The link");
                if (stored?.Deletion is not null) return new LinkIsBeingDeleted(command.StaffId);
                var isOfThisMailbox = string.Equals(stored?.MailboxAddress, command.MailboxAddress, StringComparison.OrdinalIgnoreCase);
                if (!isOfThisMailbox && await OtherOf(command, stored, ct) is { } other)
                    return new MailboxIsLinkedAlready(command.MailboxAddress!, other.StaffId);
                var link = stored?.Put(command.IntegrationId, command.StaffName, command.MailboxAddress, command.TimeZone, now)
                    ?? StaffCalendarLink.New(
                        ids.Next(), integration, command.StaffId, command.StaffName, command.MailboxAddress, command.TimeZone, now);
                var upcoming = stored is null ? await appointments.UpcomingOf(command.StaffId, cautious.Earliest(), ct) : [];
                var copies = upcoming.Select(a => SyncedEvent.CopyFor(ids.Next(), link.Id, a.Id, now)).ToList();
                (id, isNew) = (link.Id, stored is null);
                return new ChangeSet
                {
                    Links = [link],
                    OnlyLinkToItsMailbox = isOfThisMailbox ? null : link,
                    Appointments = upcoming,
                    Keep = copies,
                };
            }, ct);
            if (put.Refusal is { } refusal) return refusal;
            queue.Add(CalendarWork.Push, [id]);
            review.Ask();
            return isNew;
        }

        /// <summary>Two links from before this was refused stay as they are; opening the mailbox tells of them.</summary>
        private async Task<StaffCalendarLink?> OtherOf(PutStaffLink command, StaffCalendarLink? stored, CancellationToken ct) =>
            command.MailboxAddress is { } address ? (await links.ToMailbox(address, ct)).FirstOrDefault(l => l.Id != stored?.Id) : null;

        private async Task<bool> IsLeaving(StaffCalendarLink link, CancellationToken ct) =>
            await integrations.Find(link.IntegrationId, ct) is { DisconnectingSince: not null };
    }
}

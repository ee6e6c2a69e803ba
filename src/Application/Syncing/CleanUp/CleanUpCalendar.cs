using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>
/// Takes out what is to go of one link's items: for an integration that is being disconnected, for the link's own deletion, or because it
/// left a calendar. Safe to be ended anywhere. An unhandled exception is a failure of the link.
/// </summary>
public sealed record CleanUpCalendar(Guid LinkId) : IRequest
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        CalendarDetachment detachment,
        CalendarCleanUp cleanUp,
        LinkRemoval removal,
        LinkJobs jobs)
        : AsyncRequestHandler<CleanUpCalendar>
    {
        protected override async Task Handle(CleanUpCalendar command, CancellationToken ct)
        {
            // The last unhandled exception stands as the link's reason in the disconnection's report.
            foreach (var leaving in (await integrations.All(ct)).Where(i => i.DisconnectingSince is not null))
                await jobs.Run(Recurring.Detachment(command.LinkId), mailbox => Disconnect(mailbox, leaving, ct), ct);
            await jobs.Run(Recurring.CleanUp(command.LinkId), mailbox => CleanUp(mailbox, ct), ct);
        }

        private async Task Disconnect(MailboxLock mailbox, ExchangeIntegration leaving, CancellationToken ct)
        {
            await detachment.Detach(mailbox, leaving, ct);
            if (leaving.Status is IntegrationStatus.Disconnecting) await cleanUp.Run(mailbox, ct, leaving);
        }

        private async Task CleanUp(MailboxLock mailbox, CancellationToken ct)
        {
            if (await links.Find(mailbox.LinkId, ct) is { Deletion: not null }) await removal.GoOn(mailbox, ct);
            else await cleanUp.Run(mailbox, ct);
        }
    }
}

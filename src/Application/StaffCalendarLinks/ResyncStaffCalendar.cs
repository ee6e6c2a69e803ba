using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>
/// Has one staff member's calendar read again from scratch and compared with what is stored; answers at once. No event is doubled, none is
/// lost.
/// </summary>
public sealed record ResyncStaffCalendar(string StaffId) : IRequest<Result>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("staff", StaffId, new GetStaffLink(StaffId));

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IExchangeIntegrationRepository integrations,
        ISyncStore store,
        ICalendarQueue queue,
        TimeProvider time)
        : IRequestHandler<ResyncStaffCalendar, Result>
    {
        public async Task<Result> Handle(ResyncStaffCalendar command, CancellationToken ct)
        {
            var asked = Guid.Empty;
            var resynced = await store.Change("The link", async () =>
            {
                if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
                if (!link.Enabled) return new LinkIsDisabled(command.StaffId);
                if (await integrations.Find(link.IntegrationId, ct) is not { } integration)
                    return new IntegrationNotFound(link.IntegrationId);
                if (integration.BlockedBy is { } still) return still;
                asked = link.Id;
                return new ChangeSet { Links = [link.Resynced(time.GetUtcNow())] };
            }, ct);
            if (!resynced.IsRefused) queue.Add(CalendarWork.Push, [asked]);
            return resynced;
        }
    }
}

using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>Runs a pass for one staff member now and answers when it has ended, with the reason if it failed.</summary>
public sealed record SyncStaffCalendar(string StaffId) : IRequest<Result>
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, IMediator mediator) : IRequestHandler<SyncStaffCalendar, Result>
    {
        public async Task<Result> Handle(SyncStaffCalendar command, CancellationToken ct)
        {
            if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
            return await mediator.Send(new SyncCalendar(link.Id, Asked: true), ct);
        }
    }
}

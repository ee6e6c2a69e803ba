using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

public enum HeldDeletionsDecision
{
    /// <summary>The removals were meant: they happen now.</summary>
    Release,

    /// <summary>
    /// The removals were an accident: appointments are written to Exchange again, other events stay until they pass or come back.
    /// </summary>
    Reject,
}

/// <summary>What an admin decides about all removals of one staff member that the deletion fuse holds.</summary>
public sealed record DecideHeldDeletions(string StaffId, HeldDeletionsDecision Decision) : IRequest<Result>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("staff", StaffId, new GetStaffLink(StaffId));

    internal sealed class Handler(IStaffCalendarLinkRepository links, HeldDeletions held) : IRequestHandler<DecideHeldDeletions, Result>
    {
        public async Task<Result> Handle(DecideHeldDeletions command, CancellationToken ct)
        {
            if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
            if (link.CalendarId is null) return Result.Done; // never synced: nothing can be held
            try
            {
                var done = command.Decision is HeldDeletionsDecision.Release ? await held.Release(link, ct) : await held.Reject(link, ct);
                return done ? Result.Done : new CalendarIsBusy(command.StaffId);
            }
            catch (CalendarFailure failure)
            {
                return failure.Refusal; // switched off, or the integration is not authorized
            }
            catch (LeaseWasLost)
            {
                return new CalendarIsBusy(command.StaffId);
            }
        }
    }
}

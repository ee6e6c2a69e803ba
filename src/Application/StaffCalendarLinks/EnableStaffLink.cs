using CleanSync.Application.Syncing;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>Switches syncing of one staff member on or off. Off keeps everything as it is on both sides; on catches up.</summary>
public sealed record EnableStaffLink(string StaffId, bool Enabled) : IRequest<Result>
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, ISyncLedger ledger, IPushSignal signal, TimeProvider time) : IRequestHandler<EnableStaffLink, Result>
    {
        public async Task<Result> Handle(EnableStaffLink command, CancellationToken ct)
        {
            if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
            if (link.Enabled == command.Enabled) return Result.Done;
            var changed = command.Enabled ? link.SwitchedOn(time.GetUtcNow()) : link.SwitchedOff();
            if (!await ledger.Commit(new LedgerEntry { Links = [changed] }, ct)) return new ChangedMeanwhile("The link");
            signal.Ring([link.Id]);
            return Result.Done;
        }
    }
}

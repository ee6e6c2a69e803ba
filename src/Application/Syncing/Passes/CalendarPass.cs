using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>
/// Reads one calendar, the first time whole, from then on only what changed. Before it is read whole, and once a day or when an admin asks, the mailbox is opened: it may
/// show another calendar by then, although the former one is still there.
/// </summary>
internal sealed class CalendarPass(CalendarCheckup checkup, FullPass full, IncrementalPass incremental, TimeProvider time)
{
    /// <summary>Returns the access under which the calendar was read.</summary>
    public async Task<CalendarAccess> Run(MailboxTurn turn, OpenCalendar open, CancellationToken ct)
    {
        var link = await Opened(turn, open, ct);
        var access = CalendarAccess.Of(open.Integration, link, turn);
        if (link.Cursor is null) await full.Run(turn, access, link, ct);
        else await incremental.Run(turn, access, link, ct);
        return access;
    }

    /// <summary>The link with the calendar that its mailbox shows today.</summary>
    public async Task<StaffCalendarLink> Opened(MailboxTurn turn, OpenCalendar open, CancellationToken ct) =>
        open.Link is { CalendarChecked: false } or { Cursor: null } or { RecheckAskedAt: not null } || open.IdsMeanNothing || IsANewDay(open.Link) ? await checkup.Open(open.Integration, open.Link, turn, ct) : open.Link;

    private bool IsANewDay(StaffCalendarLink link) => link.WindowReadOn is { } last && last != CalendarZone.DayOf(time.GetUtcNow(), CalendarZone.FindOrUtc(link.TimeZone));
}

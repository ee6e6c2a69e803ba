namespace CleanSync.Application.Syncing;

/// <summary>Reads one calendar: the mailbox is opened once, the first time whole, from then on only what changed.</summary>
internal sealed class CalendarPass(CalendarCheckup checkup, FullPass full, IncrementalPass incremental)
{
    /// <summary>Returns the access under which the calendar was read.</summary>
    public async Task<CalendarAccess> Run(MailboxTurn turn, OpenCalendar open, CancellationToken ct)
    {
        var link = open.Link;
        if (!link.CalendarChecked) link = await checkup.Open(open.Integration, link, turn, ct);
        var access = CalendarAccess.Of(open.Integration, link, turn);
        if (link.Cursor is null) await full.Run(turn, access, ct);
        else await incremental.Run(turn, access, link, ct);
        return access;
    }
}

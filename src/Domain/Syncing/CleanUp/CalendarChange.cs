using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.CleanUp;

/// <summary>
/// What it means that a link has another calendar from now on: the appointments are written into the new one (after its full pass, which
/// adopts what is there already), and go from the former one.
/// </summary>
/// <param name="Keep">Copies that are written anew.</param>
/// <param name="Remove">Events of the former calendar, if an admin left it on purpose; otherwise the full pass, and the deletion fuse,
/// judge them.</param>
/// <param name="Former">What is to be removed in the former calendar.</param>
public sealed record CalendarChange(IReadOnlyList<SyncedEvent> Keep, IReadOnlyList<SyncedEvent> Remove, IReadOnlyList<CleanUpItem> Former)
{
    public static readonly CalendarChange None = new([], [], []);

    /// <summary>
    /// So many times the grace an item may still appear: no pass reads the calendar any more, which would find it whenever it comes.
    /// </summary>
    private const int LongerThere = 10;

    /// <param name="link">As it was before, with the calendar that it leaves.</param>
    /// <param name="rows">All its events.</param>
    /// <param name="grace">How long after an attempt's deadline its item may still appear.</param>
    public static CalendarChange Of(
        StaffCalendarLink link,
        IReadOnlyCollection<SyncedEvent> rows,
        DateTimeOffset now,
        TimeSpan grace,
        Func<Guid> newId)
    {
        if (link is not { CalendarId: { } calendar, MailboxAddress: { } address }) return None;
        var mailbox = link.Former ?? new FormerMailbox(link.IntegrationId, address);
        var copies = rows.Where(r => r.Kind is EventKind.Copy && r.PushState is not PushState.Gone).ToList();
        var givesOwnUids = rows.Any(r => r.Attempts.Any(a => a.GotAnotherUid));
        var former = rows.Where(r => r.Kind is EventKind.Copy or EventKind.Stray).SelectMany(Items);
        return new CalendarChange(
            [.. copies.Select(c => c.PushState is PushState.Withdrawing ? c.NowGone() : c.ToCreateAgain(now) with { PushFailure = null })],
            [.. rows.Where(r => r.Kind is EventKind.Stray || (link.Former is not null && r.Kind is not EventKind.Copy))],
            [.. former]);

        IEnumerable<CleanUpItem> Items(SyncedEvent row)
        {
            var isGone = row.PushState is PushState.Gone && row.OpenAttempt is null;
            if (row is { ItemId: { } item, PushState: not PushState.Gone }) yield return Copy(row, row.ItemAttempt, item, now);
            if (row.OpenAttempt is { } open) yield return Copy(row, open.Id, null, open.Deadline!.Value + grace);
            // What no pass ever read of an attempt may come late. And a restored backup may not remember what it wrote later.
            var unread = row.Attempts.Where(a => !a.UidIsTold && a.Id != row.ItemAttempt)
                .Select(a => (a.Deadline ?? (a.OpenedAt < now ? a.OpenedAt : now)) + (grace * LongerThere))
                .ToList();
            if (row.Kind is EventKind.Copy && (unread.Count > 0 || (row.ItemId is null && !isGone)))
                yield return Copy(row, null, null, unread.Append(now).Max());
        }

        CleanUpItem Copy(SyncedEvent row, Guid? attempt, string? item, DateTimeOffset due) => new()
        {
            Id = newId(),
            LinkId = link.Id,
            EventId = row.Kind is EventKind.Copy ? row.Id : null,
            Attempt = attempt,
            Uid = row.Attempts.FirstOrDefault(a => a.Id == attempt) is { } made && (made.UidIsTold || !givesOwnUids) ? made.Uid : null,
            Mailbox = mailbox,
            CalendarId = calendar,
            ItemId = item,
            AppointmentId = row.AppointmentId,
            StartsAt = row.Times?.Start,
            Since = now,
            NextTryAt = due > now ? due : now,
        };
    }
}

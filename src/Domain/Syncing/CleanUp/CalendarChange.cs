using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.CleanUp;

/// <summary>
/// What it means that a link has another calendar from now on: the appointments are written into the new one (after its full pass, which adopts
/// what is there already), and go from the former one.
/// </summary>
/// <param name="Keep">Copies that are written anew.</param>
/// <param name="Remove">Events of the former calendar, if an admin left it on purpose; otherwise the full pass, and the deletion fuse, judge them.</param>
/// <param name="Former">What is to be removed in the former calendar.</param>
public sealed record CalendarChange(IReadOnlyList<SyncedEvent> Keep, IReadOnlyList<SyncedEvent> Remove, IReadOnlyList<CleanUpItem> Former)
{
    public static readonly CalendarChange None = new([], [], []);

    /// <param name="link">As it was before, with the calendar that it leaves.</param>
    /// <param name="rows">All its events.</param>
    /// <param name="grace">How long after an attempt's deadline its item may still appear.</param>
    public static CalendarChange Of(StaffCalendarLink link, IReadOnlyCollection<SyncedEvent> rows, DateTimeOffset now, TimeSpan grace, Func<Guid> newId)
    {
        if (link is not { CalendarId: { } calendar, MailboxAddress: { } address }) return None;
        var mailbox = link.Former ?? new FormerMailbox(link.IntegrationId, address);
        var copies = rows.Where(r => r.Kind is EventKind.Copy && r.PushState is not PushState.Gone).ToList();
        var former = rows.Where(r => r.Kind is EventKind.Copy or EventKind.Stray).SelectMany(Items);
        return new CalendarChange(
            [.. copies.Select(c => c.PushState is PushState.Withdrawing ? c.NowGone() : c.ToCreateAgain(now) with { PushFailure = null })],
            [.. rows.Where(r => r.Kind is EventKind.Stray || (link.Former is not null && r.Kind is not EventKind.Copy))],
            [.. former]);

        IEnumerable<CleanUpItem> Items(SyncedEvent row)
        {
            if (row.PushState is PushState.Gone && row.OpenAttempt is null) yield break;
            if (row is { ItemId: { } item, PushState: not PushState.Gone }) yield return Copy(row, row.ItemAttempt, item, now);
            var arrived = row.OpenAttempt is { } pending ? pending.Deadline!.Value + grace : now;
            if (row.OpenAttempt is { } open) yield return Copy(row, open.Id, null, arrived);
            // A restored backup may not remember what it wrote later.
            if (row.ItemId is null) yield return Copy(row, null, null, arrived);
        }

        CleanUpItem Copy(SyncedEvent row, Guid? attempt, string? item, DateTimeOffset due) => new()
        {
            Id = newId(),
            LinkId = link.Id,
            EventId = row.Kind is EventKind.Copy ? row.Id : null,
            Attempt = attempt,
            Uid = row.Attempts.FirstOrDefault(a => a.Id == attempt) is { UidIsTold: true } told ? told.Uid : null,
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

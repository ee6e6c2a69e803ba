using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pushes;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>
/// Writes copies of appointments into a calendar. Exchange never sends invitations for them. Throws <see cref="CalendarFailure"/>.
/// </summary>
public interface ICalendarWriter
{
    /// <summary>
    /// Not idempotent: after a failure with an unknown outcome the item may exist. The item carries the copy's id, and the attempt's id and
    /// UID.
    /// </summary>
    Task<WrittenItem> Create(
        OpenCalendar calendar,
        CopyContent content,
        Guid copyId,
        CreateAttempt attempt,
        CancellationToken ct);

    /// <summary>Writes only the named fields, and only if the item still has the given change key.</summary>
    Task<UpdateOutcome> Update(
        OpenCalendar calendar,
        WrittenItem item,
        CopyContent content,
        PushStep.Update fields,
        CancellationToken ct);

    /// <summary>
    /// Moves the item to Deleted Items, where its owner can restore it, or, as a delegate who may put nothing there, to where its owner can
    /// recover it; never for good. False when Exchange finds no such item: it is gone already, as a rule.
    /// </summary>
    Task<bool> Delete(OpenCalendar calendar, WrittenItem item, CancellationToken ct);
}

public sealed record WrittenItem(string ItemId, string? ChangeKey);

public abstract record UpdateOutcome
{
    private UpdateOutcome()
    {
    }

    public sealed record Written(WrittenItem Item) : UpdateOutcome;

    /// <summary>Somebody changed the item meanwhile. Our write may have been stored all the same: read before deciding.</summary>
    public sealed record ChangedMeanwhile : UpdateOutcome;

    public sealed record Missing : UpdateOutcome;
}

using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>Reads a calendar. Every method throws <see cref="CalendarFailure"/> when Exchange or the way to it fails.</summary>
public interface ICalendarFeed
{
    /// <summary>What changed since a cursor; from the beginning without one. One page, one call.</summary>
    Task<ChangePage> Changes(OpenCalendar calendar, SyncCursor? cursor, CancellationToken ct);

    /// <summary>What is, between two instants: singles and occurrences, complete, each once.</summary>
    Task<WindowView> Window(OpenCalendar calendar, DateTimeOffset start, DateTimeOffset end, CancellationToken ct);

    /// <summary>A few known items, in the order asked for.</summary>
    Task<IReadOnlyList<ItemReading>> Read(OpenCalendar calendar, IReadOnlyList<string> itemIds, CancellationToken ct);

    /// <summary>The series that an occurrence belongs to.</summary>
    Task<ItemReading> ReadSeries(OpenCalendar calendar, string occurrenceId, CancellationToken ct);

    /// <summary>Every item of the calendar with a copy's tag, also looked for at the times it was sent with.</summary>
    Task<IReadOnlyList<RemoteEvent>> FindCopies(OpenCalendar calendar, Guid eventId, EventTimes? sentTimes, CancellationToken ct);

    /// <summary>Every item with a copy's tag in Deleted Items; none if the account may not look there.</summary>
    Task<IReadOnlyList<RemoteEvent>> FindDeletedCopies(OpenCalendar calendar, Guid eventId, CancellationToken ct);
}

/// <param name="IsLast">False while more pages follow at once.</param>
public sealed record ChangePage(IReadOnlyList<ThinChange> Changes, SyncCursor Cursor, bool IsLast);

/// <summary>One entry of a change page: which item, not what it says.</summary>
/// <param name="ChangeKey">Null when <paramref name="Removed"/>, and when the item may have left: then only reading it tells.</param>
/// <param name="Type">Null when Exchange did not say, or when removed.</param>
/// <param name="IsElsewhere">It is said to lie in another folder: a move that is reported as a change.</param>
public sealed record ThinChange(
    string ItemId,
    string? ChangeKey,
    RemoteItemType? Type,
    string? Uid,
    bool Removed,
    bool IsElsewhere = false);

public abstract record ItemReading
{
    private ItemReading()
    {
    }

    public sealed record Found(RemoteEvent Event) : ItemReading;

    /// <summary>Not in this calendar: gone, or in another folder, or not visible to the account.</summary>
    /// <param name="IsElsewhere">Exchange holds it in another folder, so it has left this one for sure.</param>
    public sealed record Missing(bool IsElsewhere = false) : ItemReading;

    /// <summary>
    /// The id means nothing to Exchange: it is of another store, of a mailbox that is gone, or was one under another account. That says
    /// nothing of the item, neither that it is there nor that it is gone.
    /// </summary>
    public sealed record UnknownId(string ExchangeCode) : ItemReading;

    /// <summary>It lies in this calendar and is no event, such as a message.</summary>
    /// <param name="Kind">As Exchange calls it.</param>
    public sealed record NoEvent(string Kind) : ItemReading;

    /// <summary>
    /// Exchange cannot give this one item, not even its times; if it gives these, the item is <see cref="Found"/> and says why it holds no
    /// more.
    /// </summary>
    public sealed record Unreadable(string ExchangeCode) : ItemReading;
}

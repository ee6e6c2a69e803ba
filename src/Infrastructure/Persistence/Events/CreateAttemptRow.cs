using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>A row of create_attempts.</summary>
internal sealed record CreateAttemptRow
{
    public Guid EventId { get; init; }
    public int Position { get; init; }
    public Guid Id { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public string? Uid { get; init; }
    public bool UidIsTold { get; init; }
    public DateTimeOffset? SentStart { get; init; }
    public DateTimeOffset? AgreedStartsAt { get; init; }
    public DateTimeOffset? AgreedEndsAt { get; init; }
    public string? AgreedTimeZone { get; init; }
    public DateOnly? AgreedFirstDay { get; init; }
    public DateOnly? AgreedEndDay { get; init; }
    public int? AgreedTimesRevision { get; init; }

    public static IEnumerable<CreateAttemptRow> Of(SyncedEvent e) => e.Attempts.Select((attempt, position) => new CreateAttemptRow
    {
        EventId = e.Id,
        Position = position,
        Id = attempt.Id,
        Deadline = attempt.Deadline,
        Uid = attempt.Uid,
        UidIsTold = attempt.UidIsTold,
        SentStart = attempt.SentStart,
        AgreedStartsAt = attempt.Before?.Times?.Start,
        AgreedEndsAt = attempt.Before?.Times?.End,
        AgreedTimeZone = attempt.Before?.Times?.TimeZone,
        AgreedFirstDay = attempt.Before?.Times?.FirstDay,
        AgreedEndDay = attempt.Before?.Times?.EndDay,
        AgreedTimesRevision = attempt.Before?.TimesRevision,
    });

    public CreateAttempt ToAttempt() => new(Id, Deadline, Uid, UidIsTold, SentStart, Before());

    private Agreement? Before() => AgreedTimesRevision is { } revision
        ? new Agreement(StoredTimes.OrNull(AgreedStartsAt, AgreedEndsAt, AgreedTimeZone, AgreedFirstDay, AgreedEndDay), revision)
        : null;
}

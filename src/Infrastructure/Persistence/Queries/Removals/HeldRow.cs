using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

/// <summary>An event that is held, with whose it is where that is asked for.</summary>
internal sealed record HeldRow
{
    public string StaffId { get; init; } = "";
    public string StaffName { get; init; } = "";
    public Guid Id { get; init; }
    public Guid? AppointmentId { get; init; }
    public string? AppointmentTitle { get; init; }
    public string? Title { get; init; }
    public bool IsPrivate { get; init; }
    public bool ShowEventTitles { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public bool IsAllDay { get; init; }

    public HeldDeletion ToView() => new(
        Id, AppointmentId, AppointmentTitle ?? EventTitle.Shown(Title, ShowEventTitles, IsPrivate), StartsAt, EndsAt, IsAllDay);
}

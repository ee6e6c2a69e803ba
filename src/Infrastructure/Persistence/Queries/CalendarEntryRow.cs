using CleanSync.Application.Appointments;
using CleanSync.Application.SyncedEvents;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Infrastructure.Persistence.Queries;

/// <summary>One line of a staff member's calendar: an appointment, or an Exchange event.</summary>
internal sealed record CalendarEntryRow
{
    public Guid Id { get; init; }
    public string? Title { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public string TimeZone { get; init; } = "";
    public DateOnly? FirstDay { get; init; }
    public DateOnly? EndDay { get; init; }
    public string? Location { get; init; }
    public string FreeBusy { get; init; } = "";
    public bool IsPrivate { get; init; }
    public string? MyResponse { get; init; }
    public string? PushState { get; init; }
    public int? Differs { get; init; }
    public bool? BecameSeries { get; init; }

    public CalendarEntry ToAppointment() => Entry(
        CalendarEntryKind.Appointment,
        Title!,
        Location,
        nameof(Domain.SyncedEvents.FreeBusy.Busy),
        (PushState is null ? CopyState.NotLinked : CopyOf(PushState)).ToString());

    private CopyState CopyOf(string push) =>
        CopyStates.Of(Enum.Parse<PushState>(push), (CopyDifferences)(Differs ?? 0), BecameSeries == true);

    public CalendarEntry ToExchangeEvent(bool showTitles) => Entry(
        CalendarEntryKind.ExchangeEvent,
        EventTitle.Shown(Title, showTitles, IsPrivate),
        EventTitle.MayBeShown(showTitles, IsPrivate) ? Location : null,
        FreeBusy,
        null);

    private CalendarEntry Entry(
        CalendarEntryKind kind,
        string title,
        string? location,
        string freeBusy,
        string? syncState)
    {
        var times = StoredTimes.Read(StartsAt, EndsAt, TimeZone, FirstDay, EndDay);
        return new CalendarEntry(
            kind,
            Id,
            title,
            times.Start,
            times.End,
            times.IsAllDay,
            times.FirstDay,
            times.EndDay,
            times.TimeZone,
            location,
            freeBusy,
            IsPrivate,
            syncState,
            MyResponse is null ? MeetingResponse.None : Enum.Parse<MeetingResponse>(MyResponse));
    }
}

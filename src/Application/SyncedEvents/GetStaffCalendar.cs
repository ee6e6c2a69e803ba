using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.SyncedEvents;

/// <summary>
/// One staff member's calendar between two instants: their appointments and what Exchange says is busy, in order of start.
/// </summary>
public sealed record GetStaffCalendar(string StaffId, DateTimeOffset From, DateTimeOffset To) : IRequest<Result<StaffCalendarView>>
{
    internal sealed class Validator : AbstractValidator<GetStaffCalendar>
    {
        public Validator()
        {
            RuleFor(q => q.To).GreaterThan(q => q.From).WithMessage("'to' must be later than 'from'.");
            RuleFor(q => q).Must(q => q.To - q.From <= TimeSpan.FromDays(400))
                .OverridePropertyName("to").WithMessage("At most 400 days can be read at once.");
        }
    }
}

/// <param name="AsOf">When the calendar was last known to be as Exchange has it: the end of the last pass, or a later sign of life of the
/// stream that would have told of a change; null before the first pass.</param>
/// <param name="LagSeconds">Seconds between <paramref name="AsOf"/> and now.</param>
/// <param name="SyncedThrough">End of the window that is kept the same.</param>
/// <param name="State">Whether it goes on being kept the same, as the user accounts list shows it. In any other state than Syncing the
/// entries may be out of date.</param>
/// <param name="Problem">Stable code of what is wrong; null when nothing is.</param>
public sealed record StaffCalendarView(
    string StaffId,
    string TimeZone,
    DateTimeOffset? AsOf,
    double? LagSeconds,
    DateTimeOffset? SyncedThrough,
    AccountState State,
    string? Problem,
    IReadOnlyList<CalendarEntry> Entries);

public enum CalendarEntryKind
{
    Appointment,
    ExchangeEvent,
}

/// <param name="Id">The appointment's id, or the Exchange event's id in CleanSync.</param>
/// <param name="Title">"Busy" where the title may not be shown.</param>
/// <param name="FirstDay">Of an all-day event; null otherwise.</param>
/// <param name="EndDay">The day after the last of an all-day event; null otherwise.</param>
/// <param name="SyncState">Of an appointment: how far this staff member's copy has got in Exchange (Queued, Written, Confirmed, Diverged,
/// Failed, Withdrawing, Gone), or NotLinked.</param>
/// <param name="MyResponse">Of an Exchange event: how the staff member stands to it. NotResponded awaits an answer. Of an appointment:
/// None.</param>
public sealed record CalendarEntry(
    CalendarEntryKind Kind,
    Guid Id,
    string Title,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsAllDay,
    DateOnly? FirstDay,
    DateOnly? EndDay,
    string TimeZone,
    string? Location,
    string FreeBusy,
    bool IsPrivate,
    string? SyncState,
    MeetingResponse MyResponse);

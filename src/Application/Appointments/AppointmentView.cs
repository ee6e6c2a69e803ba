using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using MediatR;

namespace CleanSync.Application.Appointments;

public sealed record GetAppointment(Guid Id) : IRequest<Result<AppointmentView>>;

/// <param name="Version">For If-Match: the stored version.</param>
/// <param name="Copies">A receipt for each staff member of the appointment, and for each who had a copy in Exchange.</param>
public sealed record AppointmentView(
    Guid Id,
    string Title,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool IsAllDay,
    string TimeZone,
    string? Location,
    string? Notes,
    ClientView? Client,
    IReadOnlyList<string> StaffIds,
    AppointmentStatus Status,
    int Version,
    IReadOnlyList<CopyReceipt> Copies);

public sealed record ClientView(string Name, string? Phone, string? Email);

/// <summary>How far one staff member's copy has got in Exchange, or why it has not.</summary>
/// <param name="Differs">Of a diverged copy: what it says otherwise: title, location, series.</param>
/// <param name="ExchangeCode">Exchange's code of the last failure.</param>
/// <param name="Reason">The last failure in words.</param>
/// <param name="NextTryAt">Always in the future; null when it is tried just now, when only a person can say when it goes on, or when
/// nothing is to be done.</param>
/// <param name="WaitsFor">Of a copy that is Queued, Failed, Withdrawing or NotLinked: what it waits for. Null for any other.</param>
/// <param name="StandInZone">The time zone that the copy stands under in Exchange, where the server does not know the appointment's: it is
/// the same time there while the appointment lasts. Null as a rule.</param>
public sealed record CopyReceipt(
    string StaffId,
    CopyState State,
    IReadOnlyList<string> Differs,
    string? ExchangeCode,
    string? Reason,
    int Tries,
    DateTimeOffset? NextTryAt,
    CopyWait? WaitsFor = null,
    string? StandInZone = null);

/// <summary>What a copy waits for.</summary>
/// <param name="Problem">Stable code: the link's or the integration's problem, queued, push-failed, first-sync-pending or
/// appointment-was-over.</param>
/// <param name="Reason">In words, with what to do.</param>
public sealed record CopyWait(string Problem, string Reason);

using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using MediatR;

namespace CleanSync.Application.Appointments;

public sealed record GetAppointment(Guid Id) : IRequest<Result<AppointmentView>>;

/// <param name="Version">For If-Match: the stored version.</param>
/// <param name="Copies">One receipt for each staff member who has, or had, a copy in Exchange.</param>
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
public sealed record CopyReceipt(string StaffId, CopyState State, IReadOnlyList<string> Differs, string? ExchangeCode, string? Reason, int Tries, DateTimeOffset? NextTryAt);

using CleanSync.Domain.Appointments;

namespace CleanSync.Infrastructure.Persistence.Bookings;

/// <summary>A row of appointments; the staff are rows of appointment_staff.</summary>
internal sealed record AppointmentRow
{
    public Guid Id { get; init; }
    public string Title { get; init; } = "";
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public string TimeZone { get; init; } = "";
    public DateOnly? FirstDay { get; init; }
    public DateOnly? EndDay { get; init; }
    public string? Location { get; init; }
    public string? Notes { get; init; }
    public string? ClientName { get; init; }
    public string? ClientPhone { get; init; }
    public string? ClientEmail { get; init; }
    public string Status { get; init; } = "";
    public DateTimeOffset? ErasedAt { get; init; }
    public int TimesRevision { get; init; }
    public int Version { get; init; }

    public static AppointmentRow Of(Appointment a) => new()
    {
        Id = a.Id,
        Title = a.Title,
        StartsAt = a.Times.Start,
        EndsAt = a.Times.End,
        TimeZone = a.Times.TimeZone,
        FirstDay = a.Times.FirstDay,
        EndDay = a.Times.EndDay,
        Location = a.Location,
        Notes = a.Notes,
        ClientName = a.Client?.Name,
        ClientPhone = a.Client?.Phone,
        ClientEmail = a.Client?.Email,
        Status = a.Status.ToString(),
        ErasedAt = a.ErasedAt,
        TimesRevision = a.TimesRevision,
        Version = a.Version,
    };

    public Appointment ToAppointment(IEnumerable<string> staffIds) => new()
    {
        Id = Id,
        Title = Title,
        Times = StoredTimes.Read(StartsAt, EndsAt, TimeZone, FirstDay, EndDay),
        Location = Location,
        Notes = Notes,
        Client = ClientName is null ? null : new Client(ClientName, ClientPhone, ClientEmail),
        StaffIds = [.. staffIds],
        Status = Enum.Parse<AppointmentStatus>(Status),
        ErasedAt = ErasedAt,
        TimesRevision = TimesRevision,
        Version = Version,
    };
}

/// <summary>A row of appointment_staff.</summary>
internal sealed record AppointmentStaffRow
{
    public Guid AppointmentId { get; init; }
    public int Position { get; init; }
    public string StaffId { get; init; } = "";
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }

    public static IEnumerable<AppointmentStaffRow> Of(Appointment a) => a.StaffIds.Select((staffId, position) => new AppointmentStaffRow
    {
        AppointmentId = a.Id,
        Position = position,
        StaffId = staffId,
        StartsAt = a.Times.Start,
        EndsAt = a.Times.End,
    });
}

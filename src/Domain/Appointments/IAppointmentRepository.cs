namespace CleanSync.Domain.Appointments;

public interface IAppointmentRepository
{
    Task<Appointment?> Find(Guid id, CancellationToken ct);

    Task<IReadOnlyList<Appointment>> Named(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Booked appointments of a staff member that end after an instant.</summary>
    Task<IReadOnlyList<Appointment>> UpcomingOf(string staffId, DateTimeOffset after, CancellationToken ct);
}

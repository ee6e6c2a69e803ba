namespace CleanSync.Domain.Appointments;

public interface IAppointmentRepository
{
    Task<Appointment?> Find(Guid id, CancellationToken ct);

    Task<IReadOnlyList<Appointment>> Named(IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Booked appointments of a staff member that end after an instant.</summary>
    Task<IReadOnlyList<Appointment>> UpcomingOf(string staffId, DateTimeOffset after, CancellationToken ct);

    /// <summary>Appointments of any status that ended before an instant, in the order of their ends.</summary>
    /// <param name="behind">Where the page before ended; null for the first.</param>
    Task<IReadOnlyList<Appointment>> Ended(DateTimeOffset before, Appointment? behind, int max, CancellationToken ct);
}

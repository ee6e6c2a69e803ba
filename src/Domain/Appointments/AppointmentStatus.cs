namespace CleanSync.Domain.Appointments;

public enum AppointmentStatus
{
    Booked,

    /// <summary>Cancelled in the booking product.</summary>
    Cancelled,

    /// <summary>Cancelled because every staff member deleted their copy in Outlook.</summary>
    CancelledInExchange,
}

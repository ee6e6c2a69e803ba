using System.Text.Json.Serialization;
using CleanSync.Application.Appointments;
using CleanSync.Domain.Appointments;

namespace CleanSync.Api.Appointments;

/// <summary>An appointment to book, for one or several staff members.</summary>
/// <param name="Title">The booked service, 1 to 255 characters; the title in Outlook.</param>
/// <param name="Start">ISO 8601 with offset, in the years 2000 to 2100; kept to the second.</param>
/// <param name="End">ISO 8601 with offset; later than the start, by at most five years.</param>
/// <param name="TimeZone">IANA or Windows id of the time zone that the appointment is made in, such as Europe/Berlin.</param>
/// <param name="StaffIds">The booking product's ids of the staff who take it; 1 to 50, each once. Each linked one gets a copy in
/// Outlook.</param>
/// <param name="Location">At most 255 characters.</param>
/// <param name="Notes">At most 20,000 characters; the text in Outlook, followed by the client's details.</param>
/// <param name="Client">Whom the appointment is with.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Booking(
    string Title,
    DateTimeOffset Start,
    DateTimeOffset End,
    string TimeZone,
    IReadOnlyList<string> StaffIds,
    string? Location = null,
    string? Notes = null,
    BookingClient? Client = null)
{
    internal static Booking Example { get; } = new(
        "Haircut",
        new DateTimeOffset(2026, 12, 7, 9, 30, 0, TimeSpan.FromHours(1)),
        new DateTimeOffset(2026, 12, 7, 10, 15, 0, TimeSpan.FromHours(1)),
        "Europe/Berlin",
        ["anna"],
        "Main street 1, chair 3",
        "First visit",
        new BookingClient("Carla Client", "+49 30 1234567", "carla@client.example"));

    /// <summary>Client details must not reach a log by way of a record.</summary>
    public override string ToString() => nameof(Booking);

    internal BookAppointment ToCommand(string? idempotencyKey) => new(
        Title, Start, End, TimeZone, Location, Notes, Client?.ToClient(), StaffIds, idempotencyKey);
}

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Phone">As the client gave it.</param>
/// <param name="Email">As the client gave it; nothing is sent to it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BookingClient(string Name, string? Phone = null, string? Email = null)
{
    /// <summary>Client details must not reach a log by way of a record.</summary>
    public override string ToString() => nameof(BookingClient);

    internal Client ToClient() => new(Name, Phone, Email);
}

/// <summary>What an appointment is about. All of it is replaced: what is left out is removed.</summary>
/// <param name="Title">The booked service, 1 to 255 characters; the title in Outlook.</param>
/// <param name="Location">At most 255 characters.</param>
/// <param name="Notes">At most 20,000 characters; the text in Outlook, followed by the client's details.</param>
/// <param name="Client">Whom the appointment is with.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AppointmentDetails(string Title, string? Location = null, string? Notes = null, BookingClient? Client = null)
{
    internal static AppointmentDetails Example { get; } = new(
        "Haircut and beard",
        "Main street 1, chair 2",
        null,
        new BookingClient("Carla Client", "+49 30 1234567"));

    /// <summary>Client details must not reach a log by way of a record.</summary>
    public override string ToString() => nameof(AppointmentDetails);
}

/// <param name="StaffIds">The booking product's ids of the staff who take the appointment from now on; 1 to 50, each once.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AppointmentStaff(IReadOnlyList<string> StaffIds)
{
    internal static AppointmentStaff Example { get; } = new(["anna", "bert"]);
}

/// <summary>New times of an appointment.</summary>
/// <param name="Start">ISO 8601 with offset, in the years 2000 to 2100; kept to the second.</param>
/// <param name="End">ISO 8601 with offset; later than the start, by at most five years.</param>
/// <param name="TimeZone">IANA or Windows id; leave it out to keep the appointment's own.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AppointmentMove(DateTimeOffset Start, DateTimeOffset End, string? TimeZone = null)
{
    internal static AppointmentMove Example { get; } = new(
        new DateTimeOffset(2026, 12, 7, 14, 0, 0, TimeSpan.FromHours(1)),
        new DateTimeOffset(2026, 12, 7, 14, 45, 0, TimeSpan.FromHours(1)));
}

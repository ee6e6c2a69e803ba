using CleanSync.Application.Appointments;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Api.Appointments;

/// <summary>Appointments in answers, on their way into Outlook.</summary>
internal static class AppointmentExamples
{
    private static readonly DateTimeOffset Start = new(2026, 12, 7, 8, 30, 0, TimeSpan.Zero);

    public static AppointmentView Booked { get; } = new(
        new Guid("0199d2c5-11aa-7c3d-8e2f-5a6b7c8d9e01"),
        "Haircut",
        Start,
        Start.AddMinutes(45),
        IsAllDay: false,
        "Europe/Berlin",
        "Main street 1, chair 3",
        "First visit",
        new ClientView("Carla Client", "+49 30 1234567", "carla@client.example"), ["anna"], AppointmentStatus.Booked, Version: 1,
        [
            new CopyReceipt(
                "anna",
                CopyState.Queued,
                [],
                null,
                null,
                Tries: 0,
                NextTryAt: null,
                new CopyWait(SyncRules.Queued.Id, SyncRules.Queued.Meaning)),
        ]);

    public static AppointmentView Written { get; } =
        Booked with { Copies = [Booked.Copies[0] with { State = CopyState.Confirmed, Tries = 1, WaitsFor = null }] };

    public static AppointmentView Moved { get; } = Booked with { Start = Start.AddMinutes(270), End = Start.AddMinutes(315), Version = 2 };

    public static AppointmentView Changed { get; } =
        Booked with
        {
            Title = "Haircut and beard",
            Location = "Main street 1, chair 2",
            Notes = null,
            Client = new ClientView("Carla Client", "+49 30 1234567", null),
            Version = 2
        };

    public static AppointmentView WithMoreStaff { get; } =
        Booked with { StaffIds = ["anna", "bert"], Version = 2, Copies = [Written.Copies[0], Booked.Copies[0] with { StaffId = "bert" }] };

    public static AppointmentView Cancelled { get; } =
        Booked with
        {
            Status = AppointmentStatus.Cancelled,
            Version = 2,
            Copies = [Booked.Copies[0] with { State = CopyState.Withdrawing }]
        };

    public static RemovalView Removal { get; } = new(
        new Guid("0199d2c6-0b77-7f02-b1c9-6d5e4f3a2b10"),
        RemovalKind.Appointment,
        Booked.Id,
        "Haircut",
        Start,
        Start.AddMinutes(45),
        IsAllDay: false,
        Start.AddHours(-1),
        Restorable: true);

    public static IReadOnlyList<StaffRemoval> OfIntegration { get; } = [new("anna", "Anna Adler", Removal)];
}

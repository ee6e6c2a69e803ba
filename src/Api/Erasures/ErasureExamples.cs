using CleanSync.Application.Erasures;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;

namespace CleanSync.Api.Erasures;

/// <summary>What erasures look like in answers.</summary>
internal static class ErasureExamples
{
    private static readonly DateTimeOffset Start = new(2026, 12, 7, 8, 30, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Asked = Start.AddDays(14);

    public static FoundAppointment Past { get; } = new(
        new Guid("0199d2c5-11aa-7c3d-8e2f-5a6b7c8d9e01"), Start, Start.AddMinutes(45), IsAllDay: false,
        ["anna"], AppointmentStatus.Booked, IsStillToCome: false);

    public static FoundAppointments Found { get; } = new([Past], HasMore: false);

    public static ErasureView Begun { get; } = new(
        new Guid("0199d2c8-4c11-7e5a-9b1d-2f3e4d5c6b70"), null, ErasureState.Erasing,
        "0 of 1 appointments are erased here. What waits is listed, and goes on by itself; POST …/finish ends the wait.", Asked, null,
        Appointments: 1, Erased: 0, Cancelled: 0, Kept: 0, UndoEntries: 0, IdempotencyMarks: 0,
        ExchangeEvents: 0, Items: 0, Rewritten: 0, Keys: 0,
        [new ErasureObstacle(Past.Id, null, Start, Obstacle.AttemptIsOpen, Obstacle.Words(Obstacle.AttemptIsOpen))],
        [], ErasureView.Beyond);

    public static ErasureView Finished { get; } = Begun with
    {
        State = ErasureState.Finished,
        Summary = "1 of 1 appointments are erased, 0 stay. 1 of 2 items in Exchange are rewritten or gone, 1 stay and are listed.",
        FinishedAt = Asked.AddMinutes(1),
        Erased = 1,
        UndoEntries = 1,
        IdempotencyMarks = 1,
        Items = 2,
        Rewritten = 1,
        WaitsFor = [],
        NotRewritten = [new ErasureObstacle(Past.Id, "bert", Start, Obstacle.IsASeries, Obstacle.Words(Obstacle.IsASeries))],
    };
}

using static CleanSync.Model.Histories.Operation;

namespace CleanSync.Model.Histories;

/// <summary>Histories that a long run found once and that random ones hardly ever hit again, by the safeguard that only they try.</summary>
internal static class DirectedHistories
{
    public static readonly IReadOnlyDictionary<string, History> Of = new Dictionary<string, History>
    {
        ["agreed before"] = new(
            0,
            new DateTimeOffset(2026, 6, 15, 7, 0, 0, TimeSpan.Zero),
            [
                new Heartbeat(),
                new TroubleAtCall(CallTrouble.LateEffect, After: 4),
                new Book(Number: 5, Staff: "cleo", Minute: 21_630, Length: 30),
                new Book(Number: 6, Staff: "bert", Minute: 9_120, Length: 1_140),
                new TroubleAtCall(CallTrouble.ServerBusy, After: 3),
                new Wait(2),
                new PushAnnounced(false),
                new Book(Number: 13, Staff: "anna,cleo", Minute: 64_554, Length: 60),
                new PushAnnounced(true),
                new TroubleAtCall(CallTrouble.TimeoutAfter, After: 5),
                new Heartbeat(),
                new MoveAppointment(Number: 13, Minute: 65_304, Length: 2_040),
                new PushAnnounced(false),
                new Meanwhile(new Migrate(Staff: "cleo", Code: "ErrorNonExistentMailbox", FoldersToo: false), After: 0),
                new Pass("anna"),
            ]),
        ["gone by its address"] = new(
            0,
            new DateTimeOffset(2026, 6, 15, 7, 0, 0, TimeSpan.Zero),
            [
                new Book(Number: 25, Staff: "bert,cleo", Minute: 68_075, Length: 600),
                new PushAnnounced(true),
                new Migrate(Staff: "bert", Code: "ErrorInvalidId", FoldersToo: true),
                new Relocate(Staff: "bert", Integration: false),
                new Heartbeat(),
            ]),
    };
}

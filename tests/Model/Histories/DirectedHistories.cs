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
        ["ids left behind"] = new(
            0,
            new DateTimeOffset(2026, 6, 15, 7, 0, 0, TimeSpan.Zero),
            [
                new Book(Number: 13, Staff: "cleo", Minute: 42_874, Length: 2_820),
                new PushAnnounced(false),
                new Migrate(Staff: "cleo", Code: "ErrorInvalidIdStoreObjectIdTooLong", FoldersToo: false),
                new Wait(123),
                new Misread(Staff: "cleo", Thing: "A13", Code: "ErrorInvalidIdMalformed", Times: 3),
                new Meanwhile(new Migrate(Staff: "cleo", Code: "ErrorInvalidId", FoldersToo: false), After: 7),
                new Heartbeat(),
            ]),
        ["told by its UID"] = new(
            0,
            new DateTimeOffset(2026, 6, 15, 7, 0, 0, TimeSpan.Zero),
            [
                new MovesAsUpdates(),
                new Wait(2_580),
                new Book(Number: 5, Staff: "anna,cleo", Minute: 1_890, Length: 105),
                new Heartbeat(),
                new Wait(1_304),
                new Heartbeat(),
                new Migrate(Staff: "anna", Code: "ErrorInvalidIdMalformed", FoldersToo: false),
                new Misread(Staff: "anna", Thing: "A5", Code: "ErrorInvalidIdStoreObjectIdTooLong", Times: 3),
            ]),
        ["series that stays"] = new(
            0,
            new DateTimeOffset(2026, 6, 15, 7, 0, 0, TimeSpan.Zero),
            [
                new Book(Number: 6, Staff: "anna,bert", Minute: 19_642, Length: 105),
                new PushAnnounced(true),
                new Outlook(Staff: "bert", Thing: "A6", Deed.TurnIntoSeries, Amount: 45),
                new ChangeStaff(Number: 6, Staff: "anna,cleo"),
                new Pass("bert"),
                new Outlook(Staff: "bert", Thing: "A6", Deed.TurnIntoSingle, Amount: 90),
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

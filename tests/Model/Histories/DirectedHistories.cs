using static CleanSync.Model.Histories.Operation;

namespace CleanSync.Model.Histories;

/// <summary>Histories that a long run found once and that random ones hardly ever hit again, by the safeguard that only they try.</summary>
internal static class DirectedHistories
{
    public static readonly IReadOnlyDictionary<string, History> Of = new Dictionary<string, History>
    {
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

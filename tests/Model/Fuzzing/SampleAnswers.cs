using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Model.Fuzzing;

/// <summary>The sample answers beside the contract tests, each with the question that it answers.</summary>
internal static class SampleAnswers
{
    private static readonly FolderRef Folder = new FolderRef.ById("AAMkAGQ1Y2FsZW5kYXItZm9sZGVyAC4AAAAAAA==");
    private static readonly ItemId Item = new("AAMkAGQ1c3RhZmYtbWFpbGJveABGAAAAAASg1AAA=", "DwAAABYAAABa1");
    private static readonly CalendarItemDraft Draft = new() { Subject = "A", Times = new(default, default, "UTC", "UTC", false) };

    public static IEnumerable<Answer> Of(string? folder)
    {
        if (folder is null) yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name.EndsWith("-request.xml", StringComparison.Ordinal) || QuestionTo(name.Split('-')) is not { } question) continue;
            yield return new Answer(
                $"sample: {name}", question, name.StartsWith("fault-", StringComparison.Ordinal) ? 500 : 200, File.ReadAllBytes(path));
        }
    }

    private static Question? QuestionTo(string[] name) => name switch
    {
        ["getfolder", ..] or ["fault", ..] => Question.OfEach(new GetFolder([Folder])),
        ["syncfolderitems", ..] =>
            Question.Of(
                new SyncFolderItems(Folder, null, 512), p => [[.. p.Changes, $"state {p.SyncState} last {p.IncludesLastItemInRange}"]]),
        ["getitem", "batch", ..] => Items(3),
        ["getitem", ..] => Items(2),
        ["serverbusy", ..] => Items(1),
        ["finditem", "extendedproperty", ..] => Question.Of(
            new FindItemsByExtendedProperty(Folder, Corpus.Tag, "x", 0, 10, Corpus.Shape), p =>
                [[.. p.Items, $"next {p.NextOffset} last {p.IncludesLastItemInRange}"]]),
        ["finditem", ..] =>
            Question.Of(
                new FindCalendarView(Folder, default, default, Corpus.Shape), p => [[.. p.Items, $"last {p.IncludesLastItemInRange}"]]),
        ["createitem", "acceptitem", ..] => Question.OfOne(new CreateMeetingResponse(Item, MeetingResponseObject.AcceptItem)),
        ["createitem", ..] => Question.OfOne(new CreateCalendarItem(Folder, Draft)),
        ["updateitem", ..] => Question.OfOne(new UpdateCalendarItem(Item, new CalendarItemUpdate { Subject = "B" })),
        ["deleteitem", ..] => Question.OfOne(new DeleteCalendarItem(Item, DeleteType.HardDelete)),
        _ => null,
    };

    private static Question Items(int count) => Question.OfEach(new GetItem(Enumerable.Repeat(Item, count), Corpus.Shape));
}

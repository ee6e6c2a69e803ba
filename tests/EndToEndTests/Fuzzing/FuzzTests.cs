using CleanSync.Model.Fuzzing;
using Xunit;

namespace CleanSync.EndToEndTests.Fuzzing;

/// <summary>
/// Answers that no server should give, read by the client: never a crash, a hang, unbounded memory or a wrong item, always a typed failure.
/// A failing input shrinks and is printed; <c>dotnet run --project tests/Model -- fuzz --seed S --replay N</c> plays it alone.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 1, Inputs = 20_000;

    [Fact]
    public void Twenty_thousand_damaged_answers_are_read_right_or_refused_with_a_type()
    {
        output.WriteLine($"seed {Seed}");
        var outcome = Fuzz.Play(Corpus.Build(), Seed, Inputs, all: false);
        Assert.True(outcome.Findings.Count == 0, string.Join('\n', outcome.Findings));
        Assert.True(
            outcome.Successes > Inputs / 10 && outcome.Played - outcome.Successes > Inputs / 10,
            "The inputs are all sound or all broken: they prove nothing.");
    }

    [Fact]
    public void The_corpus_needs_no_sample_file_and_asks_every_operation_of_the_client() => Assert.Equal(
        [
            "CreateItem",
            "DeleteItem",
            "FindItem",
            "GetFolder",
            "GetItem",
            "GetPasswordExpirationDate",
            "MoveItem",
            "SyncFolderItems",
            "UpdateItem"
        ],
        Corpus.Build(withSamples: false).Select(a => a.Question.Operation).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        var (one, other) = (new InputMaker(Corpus.Build(), Seed), new InputMaker(Corpus.Build(), Seed));
        Assert.All(Enumerable.Range(0, 500), number => Assert.Equal(one.Make(number).Body, other.Make(number).Body));
    }

    [Theory]
    [InlineData(nameof(Promise.IsNoSuccess), "an answer that was cut off")]
    [InlineData(nameof(Promise.ReadsAlike), "a change without meaning")]
    public void A_broken_promise_is_found(string promise, string law)
    {
        var answers = Corpus.Build(withSamples: false).Where(a => a.Name is "simulator: view" or "simulator: cut view").ToList();
        var input = new Input(answers[0], 200, answers[^1].Body, Enum.Parse<Promise>(promise), "the answer to another question");
        using var wire = new Wire();
        Assert.StartsWith(law, new Laws().Broken(input, wire.Read(input), wire), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_item_is_found()
    {
        var view = Corpus.Build(withSamples: false).First(a => a.Name == "simulator: view");
        using var wire = new Wire();
        var right = new Input(view, 200, view.Body, Promise.Nothing, "as it was");
        var reading = wire.Read(right);
        var text = System.Text.Encoding.UTF8.GetString(view.Body);
        Assert.Null(WrongItems.Find(right, reading));
        foreach (var (part, other) in new[] { ("Company day", "Company night"), ("T08:00:00Z", "T09:00:00Z"),
            ("<t:IsAllDayEvent>true", "<t:IsAllDayEvent>false"), ("</t:Items>", "<t:CalendarItem/></t:Items>") })
            Assert.NotNull(WrongItems.Find(right with { Body = Bytes(text.Replace(part, other, StringComparison.Ordinal)) }, reading));
        var open = wire.Read(right with { Body = Bytes(text.Replace(">Private<", ">Normal<", StringComparison.Ordinal)) });
        Assert.NotNull(WrongItems.Find(right, open));
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}

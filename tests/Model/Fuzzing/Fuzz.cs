using System.Diagnostics;
using System.Globalization;

namespace CleanSync.Model.Fuzzing;

/// <summary>An input whose reading broke a law, made as small as it still breaks it.</summary>
internal sealed record Finding(int Seed, int Number, string Law, Input Input)
{
    public override string ToString() =>
        $"seed {Seed}, input {Number}, {Input.Question.Operation}, HTTP {Input.Status}{(Input.IsCompressed ? ", compressed" : "")}, from \"{Input.Answer.Name}\", {Input.How}: {Law}\n{Convert.ToBase64String(Input.Body)}";
}

/// <summary>Reads many inputs that no server would send, and holds every reading against the laws.</summary>
internal static class Fuzz
{
    private const int Workers = 2;

    // No assertion on time: an input that takes this long never ends.
    private static readonly TimeSpan Eventually = TimeSpan.FromMinutes(2);

    public static int Run(string[] args)
    {
        var (seed, inputs) = (Number(args, "--seed") ?? 1, Number(args, "--inputs") ?? 1_000_000);
        var corpus = Corpus.Build(withSamples: !args.Contains("--without-samples"));
        if (Number(args, "--replay") is { } one) return Replay(corpus, seed, one);
        var watch = Stopwatch.StartNew();
        var outcome = Play(
            corpus,
            seed,
            inputs,
            args.Contains("--all"),
            done => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} inputs in {watch.Elapsed:hh\\:mm\\:ss}")));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Played} inputs of seed {seed} from {corpus.Count} answers in {watch.Elapsed:hh\\:mm\\:ss}: {outcome.Successes} read, {outcome.Played - outcome.Successes} refused with a type, {outcome.Findings.Count} broke a law; at most {outcome.MostAllocatedPerByte:0.0} bytes allocated for a byte of a body over 64 KB"));
        foreach (var finding in outcome.Findings) Console.WriteLine(finding);
        return outcome.Findings.Count == 0 ? 0 : 1;
    }

    public static Outcome Play(
        IReadOnlyList<Answer> corpus,
        int seed,
        int inputs,
        bool all,
        Action<int>? progress = null)
    {
        var (maker, laws, outcome) = (new InputMaker(corpus, seed), new Laws(), new Outcome());
        var next = -1;
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, worker =>
        {
            using var wire = new Wire();
            using var watchdog = new Watchdog(seed, Eventually);
            for (var number = Interlocked.Increment(ref next); number < inputs
                && (all || outcome.Findings.Count == 0); number = Interlocked.Increment(ref next))
            {
                watchdog.Begin(number);
                var input = maker.Make(number);
                var reading = wire.Read(input);
                if (laws.Broken(input, reading, wire) is { } law)
                    outcome.Add(Shrinking.Of(new Finding(seed, number, law, input), laws, wire));
                if (outcome.Count(reading.Succeeded, wire) % 50_000 == 0) progress?.Invoke(outcome.Played);
            }
        });
        return outcome;
    }

    private static int Replay(IReadOnlyList<Answer> corpus, int seed, int number)
    {
        using var wire = new Wire();
        var (input, laws) = (new InputMaker(corpus, seed).Make(number), new Laws());
        var reading = wire.Read(input);
        Console.WriteLine($"{input.How}, from {input.Answer.Name}: {(reading.Succeeded ? reading.Describe() : reading.Failure)}");
        if (laws.Broken(input, reading, wire) is not { } law) return 0;
        Console.WriteLine(Shrinking.Of(new Finding(seed, number, law, input), laws, wire));
        return 1;
    }

    private static int? Number(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

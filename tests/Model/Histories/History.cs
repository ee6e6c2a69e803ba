namespace CleanSync.Model.Histories;

/// <summary>A list of operations with the seed that it came from. The same seed gives the same history, on every machine.</summary>
internal sealed record History(int Seed, DateTimeOffset Start, IReadOnlyList<Operation> Operations)
{
    /// <summary>Mornings before the clocks change in one of the staff's zones, and ordinary ones.</summary>
    private static readonly DateTimeOffset[] Starts =
    [
        new(2026, 3, 24, 7, 0, 0, TimeSpan.Zero), new(2026, 4, 1, 7, 0, 0, TimeSpan.Zero), new(2026, 6, 15, 7, 0, 0, TimeSpan.Zero),
        new(2026, 9, 2, 7, 0, 0, TimeSpan.Zero), new(2026, 10, 20, 7, 0, 0, TimeSpan.Zero), new(2026, 12, 28, 7, 0, 0, TimeSpan.Zero),
    ];

    public static History Of(int seed, int steps)
    {
        var dice = new Dice(seed);
        var start = dice.Pick(Starts);
        var imagination = new Imagination(dice);
        Operation[] first = (seed % 8) switch
        {
            0 => [new Operation.OwnUids()],
            1 => [new Operation.ShortPages(dice.Between(1, 3))],
            2 => [new Operation.SingleRefusals(5 + (seed / 8 % 30))],
            3 => [new Operation.MovesAsUpdates()],
            4 => [new Operation.ShortPages(dice.Between(1, 3)), new Operation.OldestFirst()],
            5 => [new Operation.BusyAssistants(dice.Between(1, 3), dice.Between(0, 90))],
            6 => [new Operation.ActAsDelegate(dice.OneIn(2), dice.OneIn(2))],
            _ => [],
        };
        return new History(seed, start, [.. first, .. Enumerable.Range(0, steps).Select(_ => imagination.Next())]);
    }

    public override string ToString() => $"seed {Seed}, from {Start:u}\n{string.Join('\n', Operations.Select((o, i) => $"{i,4} {o}"))}";
}

/// <summary>RandomJitter that can be repeated.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random random = new(seed);

    public int Next(int below) => random.Next(below);

    public int Between(int from, int to) => random.Next(from, to + 1);

    public bool OneIn(int n) => random.Next(n) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}

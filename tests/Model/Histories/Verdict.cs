namespace CleanSync.Model.Histories;

/// <summary>What became of a history: the laws that it broke, none when all is well.</summary>
internal sealed record Verdict(History History, IReadOnlyList<string> Broken)
{
    /// <summary>The habits that it met, and how often.</summary>
    public IReadOnlyDictionary<string, int> Played { get; init; } = new Dictionary<string, int>();

    public bool IsWell => Broken.Count == 0;

    /// <summary>Right passwords that Exchange answered with 401 in it.</summary>
    public int SingleRefusals { get; private init; }

    public override string ToString() => $"{History}\nbreaks:\n{string.Join('\n', Broken)}";

    /// <summary>Plays a history in a world of its own, lets it come to rest, and judges it; then once more after a night.</summary>
    public static async Task<Verdict> Of(History history, Action<string>? trace = null)
    {
        await using var world = await World.Open(history, trace);
        foreach (var operation in history.Operations)
        {
            trace?.Invoke($"{world.Clock.GetUtcNow():u} {operation}");
            await world.Do(operation);
        }

        await world.CalmDown();
        trace?.Invoke("everything calms down");
        if (await AtRest(world, trace) is { Count: > 0 } broken) return Judged(broken);
        world.Advance(TimeSpan.FromDays(1));
        return Judged([.. (await AtRest(world, trace)).Select(b => $"a day later: {b}")]);

        Verdict Judged(IReadOnlyList<string> laws) => new(history, laws) { Played = world.Played, SingleRefusals = world.SingleRefusals };
    }

    private static async Task<IReadOnlyList<string>> AtRest(World world, Action<string>? trace)
    {
        var restless = await Settling.Rest(world);
        var picture = await Picture.Of(world);
        foreach (var row in picture.Rows.SelectMany(r => r.Value))
        {
            trace?.Invoke($"  {row}, made by {row.ItemAttempt}; attempts {string.Join(' ', row.Attempts)}");
        }
        return [.. restless is null ? [] : new[] { restless }, .. new Laws(world, picture).Broken()];
    }
}

namespace CleanSync.Model.Fuzzing;

/// <summary>Random numbers that depend on nothing but the seed and the number of the input, so that any input can be made alone.</summary>
internal sealed class Dice(ulong state)
{
    public static Dice For(int seed, int input) =>
        new(unchecked(((ulong)(uint)seed * 0x9E3779B97F4A7C15UL) ^ ((ulong)(uint)input * 0xD1B54A32D192ED03UL)));

    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool OneIn(int n) => Below(n) == 0;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    // SplitMix64.
    private ulong Next()
    {
        var z = unchecked(state += 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}

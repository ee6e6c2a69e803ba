namespace CleanSync.Domain.Syncing.Passes;

/// <summary>
/// What Exchange answered about stored items whose tag another item carries. What is in neither set is gone, or cannot be known by its id.
/// </summary>
/// <param name="There">It gave the item: proof enough to remove a second one.</param>
/// <param name="Perhaps">It holds the item and cannot give it: neither is anything adopted in its place, nor a second one removed.</param>
public sealed record Whereabouts(IReadOnlySet<string> There, IReadOnlySet<string> Perhaps)
{
    public static Whereabouts Unasked { get; } = new(new HashSet<string>(), new HashSet<string>());

    /// <summary>An earlier answer that a later one has taken back.</summary>
    public Whereabouts Without(IReadOnlySet<string> items) =>
        this with { There = There.Except(items).ToHashSet(StringComparer.Ordinal) };

    public bool MayHold(string itemId) => There.Contains(itemId) || Perhaps.Contains(itemId);
}

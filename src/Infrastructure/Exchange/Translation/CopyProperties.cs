using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Exchange.Protocol.Items;

namespace CleanSync.Infrastructure.Exchange.Translation;

/// <summary>The two named properties on every item that we create. The property set is CleanSync's own and never changes.</summary>
internal static class CopyProperties
{
    private static readonly Guid PropertySet = new("6d0a4d2e-7c53-4b0e-9d51-1f0c2a6e8b34");

    public static NamedProperty Id { get; } = new(PropertySet, "CleanSyncId");

    public static NamedProperty Attempt { get; } = new(PropertySet, "CleanSyncAttempt");

    public static CalendarItemShape Shape { get; } = new([Id, Attempt]);

    public static CalendarItemShape TimesShape { get; } = Shape with { TimesOnly = true };

    public static string Text(Guid id) => id.ToString("D");

    public static IReadOnlyDictionary<NamedProperty, string> Of(Guid copyId, Guid attemptId) =>
        new Dictionary<NamedProperty, string> { [Id] = Text(copyId), [Attempt] = Text(attemptId) };

    /// <summary>Null when the item is not tagged, or with something that we never wrote.</summary>
    public static CopyTag? Read(IReadOnlyDictionary<NamedProperty, string> properties)
    {
        if (!properties.TryGetValue(Id, out var text) || !Guid.TryParse(text, out var id)) return null;
        return new CopyTag(
            id, properties.TryGetValue(Attempt, out var attempt) && Guid.TryParse(attempt, out var attemptId) ? attemptId : null);
    }
}

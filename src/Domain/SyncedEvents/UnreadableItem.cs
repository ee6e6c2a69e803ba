namespace CleanSync.Domain.SyncedEvents;

/// <summary>
/// Why Exchange could not give an item, and of which version: that version is not asked for again before the next reading of the whole
/// window.
/// </summary>
/// <param name="Code">Exchange's response code, or ours where its answer could not be read.</param>
/// <param name="ChangeKey">Null when the version is not known.</param>
public sealed record UnreadableItem(string Code, string? ChangeKey);

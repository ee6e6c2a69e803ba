namespace CleanSync.Domain.Syncing;

/// <summary>
/// What we wrote on an item that we created: which copy it is, and which attempt made it. People copy it along when they copy the item.
/// </summary>
public sealed record CopyTag(Guid EventId, Guid? AttemptId);

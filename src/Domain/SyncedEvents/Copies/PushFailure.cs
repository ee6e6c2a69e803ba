namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>Why the last push did not succeed.</summary>
/// <param name="Code">Exchange's response code, or ours where Exchange gave none.</param>
public sealed record PushFailure(string Code, string Reason);

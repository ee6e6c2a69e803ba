namespace CleanSync.Application.Syncing.Pushes;

/// <summary>The copy changed before its create was sent.</summary>
internal sealed class AttemptWasOvertaken() : Exception("The copy changed before its create was sent.");

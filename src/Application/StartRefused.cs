namespace CleanSync.Application;

/// <summary>CleanSync does not start, for a reason that the operator can mend: the message is the one line that they read.</summary>
public sealed class StartRefused(string message, Exception? inner = null) : Exception(message, inner);

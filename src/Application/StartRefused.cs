namespace CleanSync.Application;

/// <summary>
/// The program cannot start, for a reason that an operator mends: the message is the one sentence that says what and how. Exit code 2.
/// </summary>
public sealed class StartRefused(string message, Exception? inner = null) : Exception(message, inner);

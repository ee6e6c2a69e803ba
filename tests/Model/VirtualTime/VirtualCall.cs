using CleanSync.ExchangeSimulator.Faults;

namespace CleanSync.Model.VirtualTime;

/// <summary>One request as it reached Exchange.</summary>
/// <param name="Mailbox">The mailbox that it was meant for, in lower case; empty for a request that names none.</param>
/// <param name="Operation">Such as <c>SyncFolderItems</c>; GET for a GET.</param>
internal sealed record VirtualCall(string Mailbox, string Operation, DateTimeOffset At)
{
    /// <summary>0 while it is not answered, and for one that never is.</summary>
    public int Status { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What Exchange makes of a call.</summary>
/// <param name="After">How long it takes; null: no answer ever comes, and nothing happens.</param>
/// <param name="Fault">Instead of doing what was asked.</param>
internal sealed record Conduct(TimeSpan? After, Fault? Fault = null)
{
    public static Conduct Silence { get; } = new((TimeSpan?)null);
}

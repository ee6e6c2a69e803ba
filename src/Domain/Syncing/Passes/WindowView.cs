using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Domain.Syncing.Passes;

/// <summary>What a window holds.</summary>
/// <param name="Unreadable">What lies in it, and Exchange cannot give, not even its times.</param>
/// <param name="InDoubt">It is empty, and the ids of the events that it should hold mean nothing any more: another calendar may have taken
/// its place.</param>
public sealed record WindowView(IReadOnlyList<RemoteEvent> Events, IReadOnlyList<RemoteChange.Unreadable> Unreadable, bool InDoubt = false)
{
    /// <summary>Everything could be read.</summary>
    public WindowView(IReadOnlyList<RemoteEvent> events) : this(events, [])
    {
    }
}

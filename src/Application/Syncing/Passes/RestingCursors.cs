using System.Collections.Concurrent;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>
/// Calendars whose change feed fails for one item, however small the page: their window is read in place of their changes, and the cursor
/// is tried
/// again once an hour. Kept in memory: after a restart it is tried at once.
/// </summary>
internal sealed class RestingCursors(TimeProvider time)
{
    public static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> resting = new();

    public bool Rests(Guid linkId) =>
        resting.TryGetValue(linkId, out var until) && until > time.GetUtcNow() && until <= time.GetUtcNow() + Rest;

    /// <summary>It failed; false when it did so before and has not worked since.</summary>
    public bool Failed(Guid linkId)
    {
        var isNew = !resting.ContainsKey(linkId);
        resting[linkId] = time.GetUtcNow() + Rest;
        return isNew;
    }

    /// <summary>Its last page was read.</summary>
    public void Works(Guid linkId) => resting.TryRemove(linkId, out _);
}

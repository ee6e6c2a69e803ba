using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Domain.Syncing.Passes;

/// <summary>How far the change feed was read.</summary>
public abstract record PassProgress
{
    private PassProgress()
    {
    }

    /// <summary>One page, from the cursor before it.</summary>
    /// <param name="Mentions">What the page named.</param>
    /// <param name="WindowDue">What it told can only be settled by reading the window.</param>
    public sealed record Page(SyncCursor Cursor, ChangeMentions Mentions, bool WindowDue) : PassProgress;

    /// <summary>From its beginning to its end, or to the item that spoils it.</summary>
    /// <param name="IdentityVersion">Of the integration, under which all ids were read.</param>
    public sealed record Whole(SyncCursor Cursor, int IdentityVersion) : PassProgress;
}

/// <summary>A pass that is complete with this reading.</summary>
/// <param name="Changed">Exchange told a change that was not our own.</param>
/// <param name="EveryPageWasRead">False when the window was read in place of the changes: then nothing is known to have drifted.</param>
public sealed record PassEnd(bool Changed, bool EveryPageWasRead = true)
{
    /// <summary>Differences that the nightly read found, and no page of this pass explains.</summary>
    public IReadOnlyList<DriftSuspect> Suspects { get; init; } = [];
}

using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.CleanUp;

/// <summary>Links that are to be deleted, and their end.</summary>
public interface ILinkDeletions
{
    /// <summary>
    /// Those whose integration is not being disconnected: with it everything of them goes anyway. The longest asked for first.
    /// </summary>
    Task<IReadOnlyList<Guid>> Asked(CancellationToken ct);

    /// <summary>
    /// Deletes the link with everything that hangs on it, in one transaction. False, with nothing deleted, when it was changed since it was
    /// read.
    /// </summary>
    Task<bool> Erase(StaffCalendarLink link, CancellationToken ct);
}

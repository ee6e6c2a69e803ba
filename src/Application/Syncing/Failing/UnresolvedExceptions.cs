using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Syncing.Failing;

/// <summary>
/// Unhandled exceptions of a link that reading its calendar says nothing of: of a push that waits since, and of the clean-up of a calendar
/// that it has left. While one stands the link is in error, whatever else goes well.
/// </summary>
internal sealed class UnresolvedExceptions(ISyncedEventRepository events, ICleanUpItems former, ExceptionStreaks streaks)
{
    public async Task<bool> OfPush(Guid linkId, CancellationToken ct) =>
        streaks.HasRow(Recurring.Push(linkId)) || await events.WaitsAfter(linkId, Unexpected.Name, ct) is not null;

    /// <param name="stored">As the link is shown so far.</param>
    /// <param name="read">As it would be after its calendar was read.</param>
    public async Task<StaffCalendarLink> Shown(StaffCalendarLink stored, StaffCalendarLink read, CancellationToken ct)
    {
        if (read.Health.Reason is not null) return read;
        if (stored.Health.Reason?.Code == Unexpected.Name)
            return await OfPush(stored.Id, ct) || await OfCleanUp(stored.Id, ct) ? read.StillShowing(stored.Health) : read;
        return await events.WaitsAfter(stored.Id, Unexpected.Name, ct) is { } failure
            ? read.StillShowing(new LinkHealth(LinkState.Error, failure))
            : read;
    }

    private async Task<bool> OfCleanUp(Guid linkId, CancellationToken ct) =>
        streaks.HasRow(Recurring.CleanUp(linkId)) && (await former.Due(linkId, DateTimeOffset.MaxValue, ct)).Count > 0;
}

using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Application.Retention;

/// <summary>
/// Removes appointments that are over for long enough, with all rows of theirs. Only settled ones: what an attempt, a push or a clean-up
/// still needs stays until it needs it no more. Their items in Outlook are left to Exchange's own retention.
/// </summary>
internal sealed class AppointmentRetention(
    IAppointmentRepository appointments,
    ISyncedEventRepository events,
    ICleanUpItems former,
    ISyncStore store,
    IClockTrust clock)
{
    private const int Batch = 50;

    public async Task Trim(DateTimeOffset before, CancellationToken ct)
    {
        Appointment? behind = null;
        while (await clock.MayTrim(ct) && await appointments.Ended(before, behind, Batch, ct) is { Count: > 0 } page)
        {
            behind = page[^1];
            await Forget(page, ct);
        }
    }

    /// <summary>One whose row changed meanwhile holds up its batch until the next time.</summary>
    private async Task Forget(IReadOnlyList<Appointment> page, CancellationToken ct)
    {
        List<Guid> ids = [.. page.Select(a => a.Id)];
        var copies = (await events.CopiesOf(ids, ct)).ToLookup(c => c.AppointmentId);
        var cleanUps = await former.Of(ids, ct);
        List<Appointment> settled = [.. page.Where(a => !cleanUps.Contains(a.Id) && copies[a.Id].All(c => c.IsSettled()))];
        if (settled.Count == 0) return;
        await store.Commit(new ChangeSet { Remove = [.. settled.SelectMany(a => copies[a.Id])], Forget = settled }, ct);
    }
}

using System.Data.Common;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Infrastructure.Persistence.Bookings;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// One transaction for a whole entry, in a fixed order, so that two commits wait for each other and seldom block each other: the lease, the
/// settings, the one row that stands for mailbox addresses; then links, appointments and events; then what hangs on them. Parents come
/// before children, removals before what may take their identity, links and appointments in the order of their ids. Every check is part of
/// the transaction: a row that is locked until it ends, or a version that the update itself asks for. So it holds in a database too that
/// shows a transaction what others commit meanwhile. Where two block each other all the same, one is <see cref="Database.IsOutrun"/>.
/// </summary>
internal sealed class SyncStore(Database database, Alerts alerts) : ISyncStore
{
    public async Task<bool> Commit(ChangeSet entry, CancellationToken ct)
    {
        try
        {
            var turned = new List<(string StaffId, string? Problem)>();
            var stored = await database.Write(
                async transaction =>
                {
                    turned.Clear();
                    return await Store(entry, transaction) && await StaffCalendarLinkWrites.Turned(entry.Links, turned, transaction);
                },
                ct);
            if (!stored) return false;
            foreach (var (staffId, problem) in turned) alerts.OfStaff(staffId, problem);
            return true;
        }
        catch (DbException failure) when (database.IsOutrun(failure))
        {
            return false;
        }
    }

    private static async Task<bool> Store(ChangeSet entry, DatabaseTransaction transaction) =>
        await HoldsLease(entry.Lease, transaction)
        && await IsPlannedUnder(entry.Settings, transaction)
        && await StaffCalendarLinkWrites.IsTheOnlyOne(entry.OnlyLinkToItsMailbox, transaction)
        && await StaffCalendarLinkWrites.Save(entry.Links, transaction)
        && await AppointmentWrites.Save(entry.Appointments, transaction)
        && await SyncedEventWrites.Remove(entry.Remove, transaction)
        && await SyncedEventWrites.Save(entry.Keep, transaction)
        && await CleanUpItems.Forget(entry.ForgetFormer, transaction)
        && await CleanUpItems.Save(entry.Former, transaction)
        && await Disconnections.Leave(entry.Leftovers, transaction)
        && await Disconnections.Count(entry.Detached, transaction)
        && await RemovedEvents.ComeBack(entry.Links.Count == 1 ? entry.Links[0].Id : null, entry.CameBack, transaction)
        && await NoteWrites.Remember(entry.Removals, entry.KeepsHistory, transaction)
        && await RemovedEvents.Save(entry.Removed, transaction)
        && await RemovedEvents.Hide(entry.Links.Count == 1 ? entry.Links[0].Id : null, entry.HideTitlesOf, transaction)
        && await RemovedEvents.Forget(entry.Links.Count == 1 ? entry.Links[0].Id : null, entry.ForgetRemovedBefore, transaction)
        && await NoteWrites.Record(entry.Conflicts, transaction)
        && await NoteWrites.Warn(entry.Warnings, entry.KeepsHistory, transaction)
        && await NoteWrites.End(entry, transaction)
        && await NoteWrites.Remember(entry.Idempotency, transaction)
        && await ErasureWrites.Erase(entry.Erased, transaction)
        && await ErasureWrites.Count(entry.ErasedCalendar, transaction)
        && await AppointmentWrites.Forget(entry.Forget, transaction);

    /// <summary>A node that stood still past its lease commits nothing, whether or not somebody else has the mailbox by now.</summary>
    private static async Task<bool> HoldsLease(MailboxLease? lease, DatabaseTransaction transaction)
    {
        const string sql = """
            select 1 from mailbox_leases
            where link_id = @LinkId and token = @Token and life = @Life and held_until > @now
            """;
        if (lease is null) return true;
        var now = await transaction.Now();
        return await transaction.LockShared(sql, new { lease.LinkId, lease.Token, lease.Life, now });
    }

    private static async Task<bool> IsPlannedUnder(PlannedUnder? settings, DatabaseTransaction transaction)
    {
        const string sql = """
            select 1 from exchange_integrations
            where id = @IntegrationId and settings_version = @SettingsVersion
            """;
        return settings is null || await transaction.LockShared(sql, settings);
    }
}

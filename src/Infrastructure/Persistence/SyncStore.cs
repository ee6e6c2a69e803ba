using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Infrastructure.Persistence.Bookings;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// One immediate transaction for a whole entry: the checks, then parents before children, removals before what may take their identity.
/// </summary>
internal sealed class SyncStore(Database database, Alerts alerts) : ISyncStore
{
    private const int UniqueIndexViolated = 2067;
    private const int PrimaryKeyViolated = 1555;

    /// <summary>A link went with its integration since it was read.</summary>
    private const int ForeignKeyViolated = 787;

    public async Task<bool> Commit(ChangeSet entry, CancellationToken ct)
    {
        try
        {
            var turned = new List<(string StaffId, string? Problem)>();
            if (!await database.Write(t => Store(entry, t) && StaffCalendarLinkWrites.Turned(entry.Links, turned, t), ct)) return false;
            foreach (var (staffId, problem) in turned) alerts.OfStaff(staffId, problem);
            return true;
        }
        catch (SqliteException taken) when (
            taken.SqliteExtendedErrorCode is UniqueIndexViolated or PrimaryKeyViolated or ForeignKeyViolated)
        {
            return false;
        }
    }

    private static bool Store(ChangeSet entry, SqliteTransaction transaction) =>
        HoldsLease(entry.Lease, transaction)
        && IsPlannedUnder(entry.Settings, transaction)
        && StaffCalendarLinkWrites.IsTheOnlyOne(entry.OnlyLinkToItsMailbox, transaction)
        && StaffCalendarLinkWrites.Save(entry.Links, transaction)
        && AppointmentWrites.Save(entry.Appointments, transaction)
        && SyncedEventWrites.Remove(entry.Remove, transaction)
        && SyncedEventWrites.Save(entry.Keep, transaction)
        && CleanUpItems.Forget(entry.ForgetFormer, transaction)
        && CleanUpItems.Save(entry.Former, transaction)
        && Disconnections.Leave(entry.Leftovers, transaction)
        && Disconnections.Count(entry.Detached, transaction)
        && RemovedEvents.ComeBack(entry.Links.Count == 1 ? entry.Links[0].Id : null, entry.CameBack, transaction)
        && NoteWrites.Remember(entry.Removals, entry.KeepsHistory, transaction)
        && RemovedEvents.Save(entry.Removed, transaction)
        && RemovedEvents.Hide(entry.Links.Count == 1 ? entry.Links[0].Id : null, entry.HideTitlesOf, transaction)
        && RemovedEvents.Forget(entry.Links.Count == 1 ? entry.Links[0].Id : null, entry.ForgetRemovedBefore, transaction)
        && NoteWrites.Record(entry.Conflicts, transaction)
        && NoteWrites.Warn(entry.Warnings, entry.KeepsHistory, transaction)
        && NoteWrites.End(entry, transaction)
        && NoteWrites.Remember(entry.Idempotency, transaction)
        && ErasureWrites.Erase(entry.Erased, transaction)
        && ErasureWrites.Count(entry.ErasedCalendar, transaction)
        && AppointmentWrites.Forget(entry.Forget, transaction);

    private static bool HoldsLease(MailboxLease? lease, SqliteTransaction transaction)
    {
        const string sql = """
            select count(*) from mailbox_leases
            where link_id = @LinkId and token = @Token and owner is not null
            """;
        return lease is null || transaction.Connection!.ExecuteScalar<long>(sql, new { lease.LinkId, lease.Token }, transaction) == 1;
    }

    private static bool IsPlannedUnder(PlannedUnder? settings, SqliteTransaction transaction)
    {
        const string sql = """
            select count(*) from exchange_integrations
            where id = @IntegrationId and settings_version = @SettingsVersion
            """;
        return settings is null || transaction.Connection!.ExecuteScalar<long>(sql, settings, transaction) == 1;
    }
}

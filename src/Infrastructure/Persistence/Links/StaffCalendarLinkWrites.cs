using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>The store's statements on links.</summary>
internal static class StaffCalendarLinkWrites
{
    /// <summary>
    /// Whether no other link names this link's mailbox address, whatever its case. Whoever asks is alone with the question until its
    /// transaction ends: no row stands for an address, so the installation's does.
    /// </summary>
    public static async Task<bool> IsTheOnlyOne(StaffCalendarLink? link, DatabaseTransaction transaction)
    {
        const string alone = "select 1 from installation where one = @One";
        const string sql = """
            select count(*) from staff_calendar_links
            where lower(mailbox_address) = @address and mailbox_address is not null and id <> @Id
            """;
        if (link?.MailboxAddress is null) return true;
        await transaction.LockExclusive(alone, new { One = 1 });
        return await transaction.ExecuteScalar<long>(sql, new { address = StoredValues.Lower(link.MailboxAddress), link.Id }) == 0;
    }

    public static async Task<bool> Save(IReadOnlyCollection<StaffCalendarLink> links, DatabaseTransaction transaction)
    {
        const string insert = """
            insert into staff_calendar_links (
                id, staff_id, staff_name, integration_id, mailbox_address, time_zone, enabled, removes_copies, calendar_id, calendar_checked, sync_cursor, former_integration_id, former_mailbox_address,
                projection_version, window_read_on, window_start, window_end, window_read_due, calendar_replaced, health_state, health_problem, health_reason,
                health_exchange_code, last_synced_at, next_sync_at, failures, drift_events, drift_last_at, drift_suspects,
                failing_since, last_change_at, name_key, account_group, recheck_asked_at, rechecked_at,
                last_failure_at, last_failure_problem, last_failure_reason, last_failure_exchange_code, resync_asked_at, identity_version,
                deletion_asked_at, deletion_removes_copies, settings_version, version)
            values (
                @Id, @StaffId, @StaffName, @IntegrationId, @MailboxAddress, @TimeZone, @Enabled, @RemovesCopies, @CalendarId, @CalendarChecked, @SyncCursor, @FormerIntegrationId, @FormerMailboxAddress,
                @ProjectionVersion, @WindowReadOn, @WindowStart, @WindowEnd, @WindowReadDue, @CalendarReplaced, @HealthState, @HealthProblem, @HealthReason,
                @HealthExchangeCode, @LastSyncedAt, @NextSyncAt, @Failures, @DriftEvents, @DriftLastAt, @DriftSuspects,
                @FailingSince, @LastChangeAt, @NameKey, @AccountGroup, @RecheckAskedAt, @RecheckedAt,
                @LastFailureAt, @LastFailureProblem, @LastFailureReason, @LastFailureExchangeCode, @ResyncAskedAt, @IdentityVersion,
                @DeletionAskedAt, @DeletionRemovesCopies, @SettingsVersion, 1)
            on conflict do nothing
            """;
        const string update = """
            update staff_calendar_links set
                staff_id = @StaffId, staff_name = @StaffName, integration_id = @IntegrationId, mailbox_address = @MailboxAddress,
                time_zone = @TimeZone, enabled = @Enabled, removes_copies = @RemovesCopies, calendar_id = @CalendarId, calendar_checked = @CalendarChecked,
                sync_cursor = @SyncCursor, projection_version = @ProjectionVersion, window_read_on = @WindowReadOn, window_start = @WindowStart, window_end = @WindowEnd,
                window_read_due = @WindowReadDue, calendar_replaced = @CalendarReplaced, health_state = @HealthState, health_problem = @HealthProblem, health_reason = @HealthReason,
                health_exchange_code = @HealthExchangeCode, last_synced_at = @LastSyncedAt, next_sync_at = @NextSyncAt, failures = @Failures,
                former_integration_id = @FormerIntegrationId, former_mailbox_address = @FormerMailboxAddress, drift_events = @DriftEvents, drift_last_at = @DriftLastAt, drift_suspects = @DriftSuspects,
                failing_since = @FailingSince, last_change_at = @LastChangeAt, name_key = @NameKey, account_group = @AccountGroup,
                recheck_asked_at = @RecheckAskedAt, rechecked_at = @RecheckedAt, last_failure_at = @LastFailureAt,
                last_failure_problem = @LastFailureProblem, last_failure_reason = @LastFailureReason, last_failure_exchange_code = @LastFailureExchangeCode,
                resync_asked_at = @ResyncAskedAt, identity_version = @IdentityVersion,
                deletion_asked_at = @DeletionAskedAt, deletion_removes_copies = @DeletionRemovesCopies, settings_version = @SettingsVersion,
                version = version + 1
            where id = @Id and version = @Version
            """;
        var rows = links.OrderBy(l => l.Id).Select(StaffCalendarLinkRow.Of).ToLookup(row => row.Version == 0);
        return await transaction.AffectsEach(insert, [.. rows[true]]) && await transaction.AffectsEach(update, [.. rows[false]]);
    }

    /// <summary>Notes which of these links turned to error or back since somebody was last told.</summary>
    public static async Task<bool> Turned(
        IReadOnlyCollection<StaffCalendarLink> links, List<(string StaffId, string? Problem)> turned, DatabaseTransaction transaction)
    {
        const string sql = """
            update staff_calendar_links set alerted_problem = @problem
            where id = @Id and coalesce(alerted_problem, '') <> coalesce(@problem, '')
            """;
        foreach (var link in links)
        {
            var problem = AccountStates.Own(link) is AccountState.Error ? link.Health.Reason?.Code : null;
            if (await transaction.Execute(sql, new { link.Id, problem }) == 1) turned.Add((link.StaffId, problem));
        }

        return true;
    }
}

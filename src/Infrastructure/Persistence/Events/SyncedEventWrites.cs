using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>
/// The store's statements on synced events: thousands of rows in a first sync. Of create attempts none is ever taken back, so each is
/// stored in its place.
/// </summary>
internal static class SyncedEventWrites
{
    public static async Task<bool> Remove(IReadOnlyCollection<SyncedEvent> events, DatabaseTransaction transaction)
    {
        const string attempts = "delete from create_attempts where event_id = @Id";
        const string sql = "delete from synced_events where id = @Id and version = @Version";
        var tried = events.Where(e => e.Attempts.Count > 0).OrderBy(e => e.Id).Select(e => new { e.Id }).ToList();
        if (tried.Count > 0) await transaction.Execute(attempts, tried);
        return await transaction.AffectsEach(sql, [.. events.OrderBy(e => e.Id).Select(e => new { e.Id, e.Version })]);
    }

    public static async Task<bool> Save(IReadOnlyCollection<SyncedEvent> events, DatabaseTransaction transaction)
    {
        const string insert = """
            insert into synced_events (
                id, link_id, kind, identity, appointment_id, item_id, change_key, uid, original_start, starts_at, ends_at, time_zone,
                first_day, end_day, title, location, free_busy, is_private, projection_version, title_mark, location_mark, notes_mark,
                push_state, attempts, item_attempt, push_tries, next_push_at, push_failure_code, push_failure_reason, push_failure_server_code, removal_staged,
                removal_hold, became_series, taken_away, my_response, unreadable_code, unreadable_key, differs, times_revision, left_series, stand_in_zone, version)
            values (
                @Id, @LinkId, @Kind, @Identity, @AppointmentId, @ItemId, @ChangeKey, @Uid, @OriginalStart, @StartsAt, @EndsAt, @TimeZone,
                @FirstDay, @EndDay, @Title, @Location, @FreeBusy, @IsPrivate, @ProjectionVersion, @TitleMark, @LocationMark, @NotesMark,
                @PushState, @Attempts, @ItemAttempt, @PushTries, @NextPushAt, @PushFailureCode, @PushFailureReason, @PushFailureServerCode, @RemovalStaged,
                @RemovalHold, @BecameSeries, @TakenAway, @MyResponse, @UnreadableCode, @UnreadableKey, @Differs, @TimesRevision, @LeftSeries, @StandInZone, 1)
            on conflict do nothing
            """;
        const string update = """
            update synced_events set
                link_id = @LinkId, kind = @Kind, identity = @Identity, appointment_id = @AppointmentId, item_id = @ItemId,
                change_key = @ChangeKey, uid = @Uid, original_start = @OriginalStart, starts_at = @StartsAt, ends_at = @EndsAt,
                time_zone = @TimeZone, first_day = @FirstDay, end_day = @EndDay, title = @Title, location = @Location,
                free_busy = @FreeBusy, is_private = @IsPrivate, projection_version = @ProjectionVersion, title_mark = @TitleMark,
                location_mark = @LocationMark, notes_mark = @NotesMark, push_state = @PushState, attempts = @Attempts,
                item_attempt = @ItemAttempt, push_tries = @PushTries, next_push_at = @NextPushAt, push_failure_code = @PushFailureCode,
                push_failure_reason = @PushFailureReason, push_failure_server_code = @PushFailureServerCode, removal_staged = @RemovalStaged, removal_hold = @RemovalHold, became_series = @BecameSeries,
                taken_away = @TakenAway, my_response = @MyResponse, unreadable_code = @UnreadableCode, unreadable_key = @UnreadableKey, differs = @Differs,
                times_revision = @TimesRevision, left_series = @LeftSeries, stand_in_zone = @StandInZone,
                version = version + 1
            where id = @Id and version = @Version
            """;
        const string attempt = """
            insert into create_attempts (
                event_id, position, id, deadline, uid, uid_is_told, sent_start,
                agreed_starts_at, agreed_ends_at, agreed_time_zone, agreed_first_day, agreed_end_day, agreed_times_revision)
            values (
                @EventId, @Position, @Id, @Deadline, @Uid, @UidIsTold, @SentStart,
                @AgreedStartsAt, @AgreedEndsAt, @AgreedTimeZone, @AgreedFirstDay, @AgreedEndDay, @AgreedTimesRevision)
            on conflict (event_id, position) do update set
                id = excluded.id, deadline = excluded.deadline, uid = excluded.uid, uid_is_told = excluded.uid_is_told,
                sent_start = excluded.sent_start, agreed_starts_at = excluded.agreed_starts_at,
                agreed_ends_at = excluded.agreed_ends_at, agreed_time_zone = excluded.agreed_time_zone,
                agreed_first_day = excluded.agreed_first_day, agreed_end_day = excluded.agreed_end_day,
                agreed_times_revision = excluded.agreed_times_revision
            """;
        var rows = events.OrderBy(e => e.Id).Select(SyncedEventRow.Of).ToLookup(row => row.Version == 0);
        return await transaction.AffectsEach(insert, [.. rows[true]])
            && await transaction.AffectsEach(update, [.. rows[false]])
            && await transaction.AffectsEach(attempt, [.. events.OrderBy(e => e.Id).SelectMany(CreateAttemptRow.Of)]);
    }
}

using CleanSync.Application.Syncing;
using CleanSync.Application.Traffic;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>
/// Times that were stored by a clock that was ahead. Nothing is due later than its interval allows: what is stored so counts as due now, a
/// pause that Exchange asked for as over, a calendar as not synced yet, and what an admin asked for as asked for now. Rows get a new
/// version, so that whoever works on them plans anew. An admin's own pause is not touched.
/// </summary>
internal sealed class TimesToCome(Database database, SyncOptions options)
{
    /// <param name="clockWentBack">Whatever is to come was meant by the clock before, however soon it is.</param>
    public Task Mend(DateTimeOffset now, bool clockWentBack, CancellationToken ct)
    {
        var poll = options.LongestPollInterval > options.PollIntervalWhenStreaming
            ? options.LongestPollInterval
            : options.PollIntervalWhenStreaming;
        var pause = options.LongestPause > TrafficPause.Longest ? options.LongestPause : TrafficPause.Longest;
        var leased = options.LeaseFor + options.CallTimeout + options.LeaseMargin;
        return database.Write(
            async transaction =>
            {
                await transaction.Execute(Links, Limits());
                await transaction.Execute(Others, Limits());
                return true;
            },
            ct);

        object Limits() => new
        {
            now,
            healthy = clockWentBack ? now : now + poll,
            failing = clockWentBack ? now : now + pause,
            resting = clockWentBack ? now : now + Domain.StaffCalendarLinks.LinkRestPolicy.AskAgain,
            longest = now + TrafficPause.Longest,
            leased = now + leased,
            confirmations = Domain.StaffCalendarLinks.LinkRestPolicy.Confirmations,
        };
    }

    private const string Links = """
        update staff_calendar_links set next_sync_at = @now, version = version + 1
        where next_sync_at > @healthy and (failures = 0 or next_sync_at > @failing)
            and (failures < @confirmations or next_sync_at > @resting);

        update staff_calendar_links set last_synced_at = null, version = version + 1 where last_synced_at > @now;
        update staff_calendar_links set failing_since = @now, version = version + 1 where failing_since > @now;
        update staff_calendar_links set last_change_at = @now, version = version + 1 where last_change_at > @now;
        update staff_calendar_links set resync_asked_at = @now, version = version + 1 where resync_asked_at > @now;
        update staff_calendar_links set recheck_asked_at = @now, version = version + 1 where recheck_asked_at > @now;
        update staff_calendar_links set deletion_asked_at = @now, version = version + 1 where deletion_asked_at > @now;
        update mailbox_leases set held_until = @leased where held_until > @leased;
        """;

    private const string Others = """
        update synced_events set next_push_at = @now, version = version + 1 where next_push_at > @failing;
        update clean_up_items set next_try_at = @now, version = version + 1 where next_try_at > @failing;
        update clean_up_items set since = @now, version = version + 1 where since > @now;
        update exchange_pauses set not_before = @now, asked_at = @now, trial = 1 where asked_at > @now or not_before > @longest;
        update exchange_traffic set proven_at = null, proven_version = null where proven_at > @now;
        update logon_rescues set not_before = @now, refused_at = @now where outcome is null and refused_at > @now;
        update exchange_traffic set granted_at = @now where granted_at > @now;
        update exchange_integrations set resync_asked_at = @now, version = version + 1 where resync_asked_at > @now;
        update rechecks set asked_at = @now where asked_at > @now;
        update erasures set asked_at = @now where asked_at > @now;
        update erasures set end_asked_at = @now where end_asked_at > @now;
        """;
}

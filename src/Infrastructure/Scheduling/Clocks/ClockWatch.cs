using CleanSync.Application;
using CleanSync.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling.Clocks;

/// <summary>
/// Notices that the clock has jumped: it is compared with the monotonic one, which counts on whatever the clock is set to; at the start
/// with the time that was stored last. For a day after a jump nothing is trimmed, and nothing counts as over that would not be over without
/// the jump.
/// </summary>
internal sealed class ClockWatch(ClockRecords records, TimeProvider time, ILogger<ClockWatch> logger) : IClockTrust, ICautiousClock
{
    /// <summary>What a time service corrects in one step without anybody minding.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A process that stood still for longer cannot tell that from a clock that has jumped, and takes it for one. So after a restart a
    /// clock that is up to 72 hours ahead of the time that was stored last is believed: nothing tells it from one that was right all the
    /// time.
    /// </summary>
    public static readonly TimeSpan LongestStandstill = TimeSpan.FromDays(3);

    public static readonly TimeSpan DoubtLasts = TimeSpan.FromHours(24);

    private static readonly TimeSpan StoreEvery = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private (DateTimeOffset Wall, long Stamp)? last;
    private DateTimeOffset? jumpedAt;
    private TimeSpan ahead;
    private long storedAt;

    /// <summary>Jumps that this process has seen, backwards and ahead; whoever has to act on them remembers the number.</summary>
    public (int All, int Back) Jumps { get; private set; }

    public async ValueTask<bool> MayTrim(CancellationToken ct)
    {
        await Look(ct);
        return !IsInDoubt(time.GetUtcNow());
    }

    public DateTimeOffset Earliest()
    {
        Compare();
        var now = time.GetUtcNow();
        lock (gate) return IsInDoubt(now) && ahead > TimeSpan.Zero ? now - ahead : now;
    }

    /// <summary>Compares the clocks, and stores what they say now and then.</summary>
    public async ValueTask Look(CancellationToken ct)
    {
        if (last is null) Recall(await records.Find(ct));
        if (Compare() || time.GetElapsedTime(storedAt) >= StoreEvery) await Store(ct);
    }

    private bool IsInDoubt(DateTimeOffset now)
    {
        lock (gate) return jumpedAt is { } at && (now - at).Duration() < DoubtLasts;
    }

    private void Recall(ClockReading? stored)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (last is not null) return;
            last = (now, time.GetTimestamp());
            storedAt = time.GetTimestamp() - (long)(StoreEvery.TotalSeconds * time.TimestampFrequency); // to be stored at once
            if (stored is null) return;
            (jumpedAt, ahead) = (stored.JumpedAt, TimeSpan.FromSeconds(stored.JumpedBySeconds));
            var stoodStill = now - stored.SeenAt;
            if (stoodStill < -Tolerance || stoodStill > LongestStandstill) Jumped(stored.SeenAt, now, stoodStill);
        }
    }

    /// <summary>True when the clock has jumped since the last time.</summary>
    private bool Compare()
    {
        lock (gate)
        {
            if (last is not { } before) return false;
            var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
            var expected = before.Wall + time.GetElapsedTime(before.Stamp, stamp);
            last = (now, stamp);
            if ((now - expected).Duration() <= Tolerance) return false;
            Jumped(expected, now, now - expected);
            return true;
        }
    }

    private void Jumped(DateTimeOffset expected, DateTimeOffset now, TimeSpan by)
    {
        ahead = jumpedAt is { } at && (expected - at).Duration() < DoubtLasts ? ahead + by : by;
        jumpedAt = now;
        Jumps = (Jumps.All + 1, Jumps.Back + (now < expected ? 1 : 0));
        logger.LogWarning(
            "The clock jumped from {Expected:u} to {Now:u}: nothing is trimmed for {Hours} hours, and every calendar is read again",
            expected,
            now,
            DoubtLasts.TotalHours);
    }

    private Task Store(CancellationToken ct)
    {
        ClockReading reading;
        lock (gate)
        {
            storedAt = time.GetTimestamp();
            reading = new ClockReading { SeenAt = time.GetUtcNow(), JumpedAt = jumpedAt, JumpedBySeconds = ahead.TotalSeconds };
        }

        return records.Save(reading, ct);
    }
}

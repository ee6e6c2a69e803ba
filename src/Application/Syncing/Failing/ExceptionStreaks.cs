using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Failing;

/// <summary>What runs by itself and can unhandled exception: a calendar's passes, a job of an integration, a heartbeat.</summary>
/// <param name="Job">Such as <c>pass</c>.</param>
/// <param name="Of">The link or integration; empty for what belongs to none.</param>
internal readonly record struct Recurring(string Job, Guid Of = default)
{
    /// <summary>Whatever opens the link's calendar: its passes, and pushes between them.</summary>
    public static Recurring Pass(Guid linkId) => new("pass", linkId);

    /// <summary>Pushes whose unhandled exception could not be noted with the copy either.</summary>
    public static Recurring Push(Guid linkId) => new("push", linkId);

    /// <summary>The removal of what is left in calendars that the link has left.</summary>
    public static Recurring CleanUp(Guid linkId) => new("clean-up", linkId);

    /// <summary>The removal of a calendar from an integration that is being disconnected.</summary>
    public static Recurring Detachment(Guid linkId) => new("detachment", linkId);
}

/// <summary>
/// Unhandled exceptions in a row. The first is logged with its stack, those after it are counted. In memory, so that it works while nothing
/// can be stored: who is paused here is left alone until then, with growing pauses.
/// </summary>
internal sealed class ExceptionStreaks(SyncOptions options, TimeProvider time)
{
    /// <summary>Nobody can see or lift a pause that is not stored.</summary>
    private static readonly TimeSpan LongestUnstored = TimeSpan.FromMinutes(5);

    private const string Counted = "The {Job} of {Name} ended in {Surprise}, the {Count}. unhandled exception in a row, noted as {Mark}";

    private readonly ConcurrentDictionary<Recurring, Row> rows = new();
    private long noted;

    /// <summary>Since the process began.</summary>
    public long Noted => Interlocked.Read(ref noted);

    public bool IsPaused(Recurring what) => rows.TryGetValue(what, out var row) && time.GetElapsedTime(row.PausedSince) < row.PausedFor;

    /// <summary>Whether its last run ended in an unhandled exception.</summary>
    public bool HasRow(Recurring what) => rows.ContainsKey(what);

    /// <summary>Logs it: with its stack if it is the first of a row, or of another type than the one before.</summary>
    /// <param name="name">What a reader knows it by: a staff id, an integration's id, the name of a job.</param>
    /// <param name="mark">By which an answer or a view points to this line.</param>
    public void Note(
        Recurring what,
        Exception exception,
        string name,
        Guid mark,
        ILogger logger)
    {
        var row = CountedIn(what, exception.GetType());
        if (row.OfType == 1)
            logger.LogError(exception, "The {Job} of {Name} ended in an unhandled exception, noted as {Mark}", what.Job, name, mark);
        else logger.LogError(Counted, what.Job, name, exception.GetType().Name, row.Count, mark);
    }

    /// <summary>Counted and left alone without a line in the log, which has one of its cause.</summary>
    public void PauseUntold(Recurring what, Exception exception)
    {
        CountedIn(what, exception.GetType());
        Pause(what);
    }

    /// <summary>Left alone from now on, longer with every unhandled exception of the row.</summary>
    public void Pause(Recurring what)
    {
        if (!rows.TryGetValue(what, out var row)) return;
        var pause = options.PauseAfter(row.Count - 1);
        rows[what] = row with { PausedSince = time.GetTimestamp(), PausedFor = pause < LongestUnstored ? pause : LongestUnstored };
    }

    /// <summary>It went well, or failed in a way that is foreseen.</summary>
    public void End(Recurring what) => rows.TryRemove(what, out _);

    private Row CountedIn(Recurring what, Type type)
    {
        Interlocked.Increment(ref noted);
        return rows.AddOrUpdate(
            what,
            _ => new Row(type, 1, 1, 0, TimeSpan.Zero),
            (_, before) => before with { Type = type, Count = before.Count + 1, OfType = before.Type == type ? before.OfType + 1 : 1 });
    }

    private sealed record Row(
        Type Type,
        int OfType,
        int Count,
        long PausedSince,
        TimeSpan PausedFor);
}

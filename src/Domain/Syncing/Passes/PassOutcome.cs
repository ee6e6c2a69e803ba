using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Passes;

/// <summary>
/// What follows from an observation, given what is stored by now. Pure: the same observation, rows and link give the same outcome.
/// </summary>
/// <param name="Changes">In the order in which they are planned.</param>
/// <param name="Known">The rows, as their ids are understood; none unless the observation is whole.</param>
/// <param name="Forgotten">Rows that go, and nobody judges that their events left.</param>
/// <param name="Link">What the link becomes in the same commit.</param>
public sealed record PassOutcome(
    IReadOnlyList<RemoteChange> Changes,
    IReadOnlyCollection<SyncedEvent> Known,
    IReadOnlyList<SyncedEvent> Forgotten,
    StaffCalendarLink Link,
    IReadOnlyList<SyncWarning> Warnings)
{
    /// <param name="rows">All rows of the link if the observation is whole, otherwise none.</param>
    /// <param name="projectionVersion">Of the integration.</param>
    /// <param name="pace">When the next pass is due.</param>
    public static PassOutcome Of(
        PassObservation seen,
        IReadOnlyCollection<SyncedEvent> rows,
        StaffCalendarLink link,
        int projectionVersion,
        PollPace pace,
        DateTimeOffset now)
    {
        var known = seen.IdsMeanNothing ? FormerIds.Known(rows) : rows;
        var read = Read(seen, link, projectionVersion);
        return new PassOutcome(
            ChangesIn(seen, known),
            known,
            seen.IdsMeanNothing ? [.. rows.Where(row => !FormerIds.Keeps(row))] : [],
            seen.End is { } end ? Ended(seen, end, read, pace, now) : read,
            [.. seen.Warnings, .. Drifted(seen, read)]);
    }

    /// <summary>Masters come first: of a copy that became a series, one of the occurrences in the view is the copy itself.</summary>
    private static IReadOnlyList<RemoteChange> ChangesIn(PassObservation seen, IReadOnlyCollection<SyncedEvent> known) =>
    [
        .. seen.Told,
        .. seen.TellsAllSeries ? SeriesThatLeft(seen, known) : [],
        .. seen.ReleasesHeld ? known.Where(r => r.Hold is RemovalHold.Held).Select(r => new RemoteChange.Left(r.Id)) : [],
        .. seen.View is { } view ? WindowReading.Changes(view.Events, known, view.Unreadable) : [],
        .. seen.AskedAgain,
        .. seen.Found,
    ];

    private static IEnumerable<RemoteChange> SeriesThatLeft(PassObservation seen, IReadOnlyCollection<SyncedEvent> known)
    {
        var told = seen.Told.OfType<RemoteChange.SeriesSeen>().Select(s => s.ItemId).ToHashSet(StringComparer.Ordinal);
        return known.Where(e => e.Kind is EventKind.Series && !told.Contains(e.ItemId!)).Select(e => new RemoteChange.Left(e.Id));
    }

    private static StaffCalendarLink Read(PassObservation seen, StaffCalendarLink link, int projectionVersion)
    {
        var read = seen.Progress switch
        {
            PassProgress.Page page => link.Advanced(page.Cursor, page.Mentions, page.WindowDue),
            PassProgress.Whole whole => link.ReadWhole(whole.Cursor, whole.IdentityVersion),
            _ => link,
        };
        return seen.View is null ? read : read.WindowRead(seen.Window, projectionVersion);
    }

    private static StaffCalendarLink Ended(
        PassObservation seen,
        PassEnd end,
        StaffCalendarLink read,
        PollPace pace,
        DateTimeOffset now)
    {
        var told = end.EveryPageWasRead ? read.DriftEstablished(now) : read;
        var ended = told.Completed(end.Changed, pace, now).Suspecting(end.Suspects);
        return CameBackAsSeries(seen) ? ended.WindowDue(now) : ended;
    }

    /// <summary>
    /// A copy came back as a series of which no page told before: its occurrences may have been taken for events of their own.
    /// </summary>
    private static bool CameBackAsSeries(PassObservation seen) => seen.Progress is not PassProgress.Whole
        && seen.Found.Any(c => c is RemoteChange.Seen { Event.Type: RemoteItemType.SeriesMaster });

    /// <summary>What the last nightly read found, and no page until the end of this pass explains.</summary>
    private static IReadOnlyList<SyncWarning> Drifted(PassObservation seen, StaffCalendarLink read) =>
        seen.End is { EveryPageWasRead: true } && read.Drift.Suspects.Count > 0
            ? [SyncWarning.DriftHealed(read.Drift.Suspects.Count)]
            : [];
}

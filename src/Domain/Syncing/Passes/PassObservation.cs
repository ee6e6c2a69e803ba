using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Passes;

/// <summary>
/// What was read from Exchange and waits to be planned and committed. It decides nothing: <see cref="PassOutcome"/> says what follows,
/// as often as what is stored changes meanwhile, without reading again.
/// </summary>
public sealed record PassObservation
{
    /// <summary>The window of the pass, whether it was read or not.</summary>
    public required SyncWindow Window { get; init; }

    /// <summary>What the change feed told, or a search; and what has left without a question.</summary>
    public IReadOnlyList<RemoteChange> Told { get; init; } = [];

    /// <summary>Every series of the calendar is told: a stored one that is not among them has left.</summary>
    public bool TellsAllSeries { get; init; }

    /// <summary>The window, read whole; null when it was not.</summary>
    public WindowView? View { get; init; }

    /// <summary>What Exchange could not give before, as it answered now.</summary>
    public IReadOnlyList<RemoteChange> AskedAgain { get; init; } = [];

    /// <summary>What a question about single copies, or about what may be one, brought to light.</summary>
    public IReadOnlyList<RemoteChange> Found { get; init; } = [];

    public Whereabouts Asked { get; init; } = Whereabouts.Unasked;

    /// <summary>The stored ids are of another address, or of another manner of access: <see cref="FormerIds"/>.</summary>
    public bool IdsMeanNothing { get; init; }

    /// <summary>An admin lets the held removals through: nothing was read, and the deletion fuse does not judge them again.</summary>
    public bool ReleasesHeld { get; init; }

    /// <summary>Null when nothing of the change feed was read.</summary>
    public PassProgress? Progress { get; init; }

    /// <summary>Null while the pass goes on, and of a reading that is no pass.</summary>
    public PassEnd? End { get; init; }

    /// <summary>What an admin is told of the reading itself.</summary>
    public IReadOnlyList<SyncWarning> Warnings { get; init; } = [];

    /// <summary>Every item that was seen.</summary>
    public IEnumerable<RemoteEvent> Seen =>
        [.. View?.Events ?? [], .. Told.Concat(AskedAgain).Concat(Found).OfType<RemoteChange.Seen>().Select(s => s.Event)];

    /// <summary>Without items that were seen, and of which a later answer says that they are not there under that id.</summary>
    public PassObservation Without(IReadOnlySet<string> items) => items.Count == 0 ? this : this with
    {
        Told = Without(Told, items),
        View = View is null ? null : View with { Events = [.. View.Events.Where(e => !items.Contains(e.ItemId))] },
        AskedAgain = Without(AskedAgain, items),
        Found = Without(Found, items),
        Asked = Asked.Without(items),
    };

    private static IReadOnlyList<RemoteChange> Without(IReadOnlyList<RemoteChange> changes, IReadOnlySet<string> items) =>
        [.. changes.Where(c => c is not RemoteChange.Seen { Event.ItemId: var item } || !items.Contains(item))];

    /// <summary>It is planned with all rows of the link, and not only with those that the changes name.</summary>
    public bool IsWhole => View is not null || ReleasesHeld;
}

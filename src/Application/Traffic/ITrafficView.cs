using System.Globalization;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations.Troubles;

namespace CleanSync.Application.Traffic;

/// <summary>Shows how calls to one integration flow just now, and lifts what holds them up.</summary>
public interface ITrafficView
{
    Task<TrafficNow> Of(ServerConnection server, CancellationToken ct);

    /// <summary>
    /// Ends every pause that Exchange asked of the integration or of one of its mailboxes. One call goes alone, and only its success lets
    /// the others follow; what waited for the pauses is due at once.
    /// </summary>
    Task LiftPauses(Guid integrationId, CancellationToken ct);
}

/// <param name="InUse">Calls that this node has under way.</param>
/// <param name="Limit">Calls that may be under way at once: the setting, or less while Exchange stands less.</param>
/// <param name="Setting">What the configuration allows.</param>
/// <param name="Waiting">Calls that wait for their turn on this node.</param>
/// <param name="Pauses">What Exchange asked for; the soonest to end first.</param>
public sealed record TrafficNow(
    int InUse,
    int Limit,
    int Setting,
    int Waiting,
    IReadOnlyList<TrafficPause> Pauses)
{
    /// <summary>A logon was refused a moment ago, and nothing is sent until one call has tried it alone; null as a rule.</summary>
    public LogonIsInDoubt? Doubt { get; init; }

    /// <summary>When that call may go.</summary>
    public DateTimeOffset? DoubtUntil { get; init; }

    /// <summary>Logons that were refused and worked again of late; null when there were none.</summary>
    public LogonWarning? Warning { get; init; }
}

/// <summary>A pause that Exchange, or something before it, asked for.</summary>
public sealed record TrafficPause
{
    /// <summary>No pause is kept for longer, whatever was named.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A longer pause is something that an admin should know of.</summary>
    public static readonly TimeSpan Remarkable = TimeSpan.FromMinutes(5);

    /// <summary>Empty for the whole integration.</summary>
    public required string Mailbox { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Exchange's code.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was asked for; null of a pause from before this was noted.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>
    /// Whether a stored pause still holds: none is longer than an hour, so one that ends later was written by a clock that was wrong, or
    /// before there was a limit.
    /// </summary>
    public static bool Holds(DateTimeOffset until, DateTimeOffset now) => until > now && until <= now + Longest;

    public bool IsRemarkable => AskedAt is not { } at || Until - at > Remarkable;

    /// <summary>For an admin: who asked for what, and what can be done.</summary>
    public string InWords =>
        $"Exchange, or a proxy before it, asked for a pause ({Reason}); nothing is sent until {Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC. It ends by itself; an admin may lift it.";
}

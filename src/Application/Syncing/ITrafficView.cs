using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.Syncing;

/// <summary>Shows how calls to one integration flow just now.</summary>
public interface ITrafficView
{
    Task<TrafficNow> Of(ExchangeIntegration integration, CancellationToken ct);
}

/// <param name="InUse">Calls that this node has under way.</param>
/// <param name="Limit">Calls that may be under way at once: the setting, or less while Exchange stands less.</param>
/// <param name="Setting">What the configuration allows.</param>
/// <param name="Waiting">Calls that wait for their turn on this node.</param>
/// <param name="Pauses">What Exchange asked for; the soonest to end first.</param>
public sealed record TrafficNow(int InUse, int Limit, int Setting, int Waiting, IReadOnlyList<TrafficPause> Pauses);

public sealed record TrafficPause
{
    /// <summary>Empty for the whole integration.</summary>
    public required string Mailbox { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Exchange's code.</summary>
    public required string Reason { get; init; }
}

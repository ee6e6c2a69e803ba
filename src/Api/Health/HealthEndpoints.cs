using CleanSync.Api.OpenApi;
using CleanSync.Api.Startup;
using CleanSync.Application;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Api.Health;

/// <param name="Status">live.</param>
/// <param name="Version">Which version of CleanSync it is.</param>
public sealed record HealthView(string Status, string Version);

/// <param name="Status">ready, or degraded when something is wrong that does not concern everybody.</param>
/// <param name="Degraded">What is wrong, and what mends it.</param>
public sealed record ReadinessView(string Status, IReadOnlyList<string> Degraded);

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", Live).WithName("isLive").Shows(Live()).Produces<HealthView>();
        group.MapGet("/ready", Ready).WithName("isReady").Shows(new ReadinessView("ready", [])).Produces<ReadinessView>()
            .Refuses<DatabaseIsNotReady>().Refuses<SealingKeyIsMissing>().Refuses<SealingKeyIsAnother>();
    }

    /// <summary>The process runs, and says which version it is. Needs no key.</summary>
    private static HealthView Live() => new("live", Product.Version);

    /// <summary>
    /// The database takes a write and is the one that was opened at start, in this version's schema, and the key that seals passwords
    /// belongs to it. The outcome counts for five seconds, whoever asks. Needs no key.
    /// </summary>
    private static async Task<IResult> Ready(IReadiness readiness, CancellationToken ct)
    {
        var now = await readiness.Now(ct);
        if (now.WhyNot is { } why) return Problems.Of(why);
        List<string> degraded = [.. now.ShutPasswords.Select(id =>
            $"The stored password of integration {id} cannot be opened. Restore its key, or enter it again; the integration's status says why.")];
        return TypedResults.Ok(new ReadinessView(degraded.Count == 0 ? "ready" : "degraded", degraded));
    }
}

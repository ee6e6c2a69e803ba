using CleanSync.Api.OpenApi;
using CleanSync.Api.Startup;
using CleanSync.Application.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Api.Health;

/// <param name="Status">live.</param>
/// <param name="Version">Which version of CleanSync it is.</param>
public sealed record HealthView(string Status, string Version);

/// <param name="Status">ready.</param>
public sealed record ReadinessView(string Status);

internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", Live).WithName("isLive").Shows(Live()).Produces<HealthView>();
        group.MapGet("/ready", Ready).WithName("isReady").Shows(new ReadinessView("ready")).Produces<ReadinessView>().Refuses<DatabaseIsNotReady>();
    }

    /// <summary>The process runs, and says which version it is. Needs no key.</summary>
    private static HealthView Live() => new("live", Product.Version);

    /// <summary>The process runs and its database answers. Needs no key.</summary>
    private static async Task<IResult> Ready(IMediator mediator, ILogger<HealthView> logger, CancellationToken ct)
    {
        try
        {
            await mediator.Send(new ListIntegrations(), ct).WaitAsync(Patience, ct);
            return TypedResults.Ok(new ReadinessView("ready"));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "The database does not answer");
            return Problems.Of(new DatabaseIsNotReady());
        }
    }
}

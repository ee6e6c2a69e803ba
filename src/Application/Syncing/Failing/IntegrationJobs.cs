using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations.Troubles;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Failing;

/// <summary>Keeps what went wrong with an integration's jobs beside its settings; its version stays.</summary>
public interface IIntegrationTroubles
{
    Task Note(Guid integrationId, JobTrouble trouble, CancellationToken ct);

    /// <summary>The job went well; trouble of another job stays.</summary>
    Task End(Guid integrationId, string job, CancellationToken ct);
}

/// <summary>
/// What runs by itself for one integration. An unhandled exception is the trouble of this integration: shown with it, and tried again less
/// and less often; the others go on.
/// </summary>
internal sealed class IntegrationJobs(
    IIntegrationTroubles troubles,
    ExceptionStreaks streaks,
    INewIds ids,
    TimeProvider time,
    ILogger<IntegrationJobs> logger)
{
    /// <param name="job">Such as <c>resumption</c>.</param>
    public async Task Run(ExchangeIntegration integration, string job, Func<Task> work, CancellationToken ct)
    {
        var what = new Recurring(job, integration.Id);
        if (streaks.IsPaused(what)) return;
        var mark = ids.Next();
        using var scope = logger.BeginScope("{Job} {Mark} of integration {IntegrationId}", job, mark, integration.Id);
        try
        {
            await work();
            if (integration.Trouble?.Job == job) await troubles.End(integration.Id, job, ct);
            streaks.End(what);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            streaks.Note(what, exception, $"integration {integration.Id}", mark, logger);
            streaks.Pause(what);
            await Tell(integration, job, mark, ct);
        }
    }

    private async Task Tell(ExchangeIntegration integration, string job, Guid mark, CancellationToken ct)
    {
        var refusal = Domain.Unexpected.TriedAgain(mark);
        var since = integration.Trouble is { } known && known.Job == job ? known.Since : time.GetUtcNow();
        try
        {
            await troubles.Note(integration.Id, new JobTrouble(job, Reason.Of(refusal), since), ct);
        }
        catch (Exception unstored) when (!ct.IsCancellationRequested)
        {
            logger.LogDebug(unstored, "That could not be stored either");
        }
    }
}

using CleanSync.Domain.ExchangeIntegrations;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing;

/// <summary>Goes on with every integration that is being disconnected; one whose items are all dealt with is gone afterwards. Safe to be ended anywhere.</summary>
public sealed record DisconnectIntegrations : IRequest
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations, IDisconnections disconnections, ICalendarDirectory directory, MailboxTurns turns, CalendarWithdrawal withdrawal, SyncOptions options, TimeProvider time, ILogger<DisconnectIntegrations> logger)
        : AsyncRequestHandler<DisconnectIntegrations>
    {
        protected override async Task Handle(DisconnectIntegrations command, CancellationToken ct)
        {
            foreach (var integration in (await integrations.All(ct)).Where(i => i.DisconnectingSince is not null))
            {
                var side = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct };
                await Parallel.ForEachAsync(await disconnections.Links(integration.Id, ct), side, async (link, token) => await GoOn(link, integration, token));
                if (await disconnections.Erase(integration.Id, leaves: false, time.GetUtcNow(), ct)) directory.Forget(integration);
            }

            await disconnections.Purge(ct);
        }

        private async Task GoOn(Guid link, ExchangeIntegration integration, CancellationToken ct)
        {
            try
            {
                await using var turn = await turns.Enter(link, ct);
                if (turn is null) return;
                await withdrawal.Sweep(turn, integration, ct);
                if (integration.Status is IntegrationStatus.Disconnecting) await withdrawal.CleanUp(turn, integration, ct);
            }
            catch (LeaseWasLost)
            {
                logger.LogWarning("Another node took over link {LinkId}; its withdrawal stops here", link);
            }
            catch (Exception surprise) when (!ct.IsCancellationRequested)
            {
                logger.LogError(surprise, "The withdrawal of link {LinkId} ended in a surprise; others go on", link);
            }
        }
    }
}

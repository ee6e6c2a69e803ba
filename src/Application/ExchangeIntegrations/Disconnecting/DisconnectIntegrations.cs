using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Disconnecting;

/// <summary>
/// Goes on with every integration that is being disconnected; one whose items are all dealt with is gone afterwards. Safe to be ended
/// anywhere.
/// </summary>
public sealed record DisconnectIntegrations : IRequest
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IDisconnections disconnections,
        ICalendarDirectory directory,
        ICalendarQueue queue,
        IntegrationJobs jobs,
        TimeProvider time)
        : AsyncRequestHandler<DisconnectIntegrations>
    {
        protected override async Task Handle(DisconnectIntegrations command, CancellationToken ct)
        {
            foreach (var integration in (await integrations.All(ct)).Where(i => i.DisconnectingSince is not null))
                await jobs.Run(integration, "disconnection", () => GoOn(integration, ct), ct);
            await disconnections.Purge(ct);
        }

        private async Task GoOn(ExchangeIntegration integration, CancellationToken ct)
        {
            queue.Add(CalendarWork.CleanUp, await disconnections.Links(integration.Id, ct));
            if (await disconnections.Erase(integration.Id, leaves: false, time.GetUtcNow(), ct)) directory.Forget(integration.Id);
        }
    }
}

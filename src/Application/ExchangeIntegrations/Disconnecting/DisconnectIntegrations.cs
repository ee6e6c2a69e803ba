using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Failing;
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
        CalendarDetachment detachment,
        CalendarCleanUp cleanUp,
        IntegrationJobs jobs, LinkJobs linkJobs, SyncOptions options, TimeProvider time)
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
            var side = new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct };
            var calendars = await disconnections.Links(integration.Id, ct);
            await Parallel.ForEachAsync(calendars, side, async (link, token) => await GoOn(link, integration, token));
            if (await disconnections.Erase(integration.Id, leaves: false, time.GetUtcNow(), ct)) directory.Forget(integration);
        }

        /// <summary>The last unhandled exception stands as the link's reason in the disconnection's report.</summary>
        private Task GoOn(Guid linkId, ExchangeIntegration integration, CancellationToken ct) =>
            linkJobs.Run(
                Recurring.Detachment(linkId),
                async mailbox =>
                {
                    await detachment.Detach(mailbox, integration, ct);
                    if (integration.Status is IntegrationStatus.Disconnecting) await cleanUp.Run(mailbox, ct, integration);
                },
                ct);
    }
}

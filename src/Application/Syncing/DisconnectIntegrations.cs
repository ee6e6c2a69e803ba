using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing;

/// <summary>Goes on with every integration that is being disconnected; one whose items are all dealt with is gone afterwards. Safe to be ended anywhere.</summary>
public sealed record DisconnectIntegrations : IRequest
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations, IStaffCalendarLinkRepository links, IDisconnections disconnections,
        ICalendarDirectory directory, MailboxTurns turns, CalendarWithdrawal withdrawal, IntegrationJobs jobs, LinkFailures failures, SurprisesInARow surprises,
        SyncOptions options, INewIds ids, TimeProvider time, ILogger<DisconnectIntegrations> logger)
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

        private async Task GoOn(Guid linkId, ExchangeIntegration integration, CancellationToken ct)
        {
            var withdrawn = new Recurring("withdrawal", linkId);
            if (surprises.IsPaused(withdrawn)) return;
            var pass = ids.Next();
            StaffCalendarLink? link = null;
            IDisposable? scope = null;
            try
            {
                if ((link = await links.Find(linkId, ct)) is null) return;
                scope = logger.BeginPass(pass, link);
                await using var turn = await turns.Enter(linkId, ct);
                if (turn is null) return;
                await withdrawal.Sweep(turn, integration, ct);
                if (integration.Status is IntegrationStatus.Disconnecting) await withdrawal.CleanUp(turn, integration, ct);
                surprises.End(withdrawn);
            }
            catch (LeaseWasLost)
            {
                logger.LogWarning("Another node took over the calendar of {StaffId}; its withdrawal stops here", link!.StaffId);
            }
            catch (Exception surprise) when (!ct.IsCancellationRequested)
            {
                await failures.Surprised(withdrawn, link, surprise, pass, ct); // the link's reason stands in the disconnection's report
                surprises.Pause(withdrawn);
            }
            finally
            {
                scope?.Dispose();
            }
        }
    }
}

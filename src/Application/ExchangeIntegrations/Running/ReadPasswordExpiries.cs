using CleanSync.Application.Syncing.Failing;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>Asks once a day, for each active integration, when its password expires.</summary>
public sealed record ReadPasswordExpiries : IRequest
{
    /// <summary>How old an answer may become.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromDays(1);

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations, PasswordWatch passwords, IntegrationJobs jobs, TimeProvider time)
        : AsyncRequestHandler<ReadPasswordExpiries>
    {
        protected override async Task Handle(ReadPasswordExpiries command, CancellationToken ct)
        {
            foreach (var integration in (await integrations.All(ct)).Where(i => i.Status is IntegrationStatus.Active))
                await jobs.Run(integration, "password-expiry", () => Look(integration, ct), ct);
        }

        private Task<PasswordExpiry> Look(ExchangeIntegration integration, CancellationToken ct) =>
            integration.PasswordExpiry.ReadAt is { } at && (time.GetUtcNow() - at).Duration() < Every
                ? passwords.Note(integration, null, ct)
                : passwords.Look(integration, ct);
    }
}

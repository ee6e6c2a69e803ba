using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Security;

/// <summary>
/// Every stored password is tried at start, and by /health/ready: a lost or wrong key is known before a calendar meets it.
/// </summary>
internal sealed class SealedPasswords(IExchangeIntegrationRepository integrations, SecretVault vault, ILogger<SealedPasswords> logger)
{
    /// <summary>
    /// Says in the log what does not open, and stops, or starts again, what depends on it. Throws <see cref="StartRefused"/> for a key that
    /// is none.
    /// </summary>
    public async Task Review(CancellationToken ct)
    {
        var all = await integrations.All(ct);
        if (!vault.HasKey && all.Count == 0) vault.MakeKey();
        var readiness = Judge(all);
        if (readiness.WhyNot is { } why) logger.LogError("{Reason}", why.Message);
        foreach (var integration in all)
        {
            var shut = vault.WhyShut(integration);
            if (shut is not null && readiness.WhyNot is null)
                logger.LogError("Integration {IntegrationId}: {Reason}", integration.Id, shut.Message);
            await integrations.Change(integration.Id, now => now.PasswordIsShut(shut?.Why), ct);
        }
    }

    public async Task<Readiness> Look(CancellationToken ct) => Judge(await integrations.All(ct));

    private Readiness Judge(IReadOnlyList<ExchangeIntegration> all) =>
        all.Count > 0 && !vault.HasKey ? new Readiness(new SealingKeyIsMissing(), [])
        : vault.IsKeyOfOthers([.. all.Select(i => i.Account.SealedPassword)]) ? new Readiness(new SealingKeyIsAnother(), [])
        : new Readiness(null, [.. all.Where(i => vault.WhyShut(i) is not null).Select(i => i.Id)]);
}

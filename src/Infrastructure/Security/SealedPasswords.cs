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

    /// <summary>What to do about the key when the database moves and it does not: it stays a file, or a setting.</summary>
    public async Task<IReadOnlyList<string>> OnTheMove(SecretOptions options, CancellationToken ct)
    {
        var all = await integrations.All(ct);
        if (all.Count == 0) return ["No password is stored, so no key has to come along."];
        var readiness = Judge(all);
        var shut = all.Where(i => vault.WhyShut(i) is not null).Select(i => $"Integration {i.Id}: its password does not open with the key in use.");
        return readiness.WhyNot is { } why
            ? [why.Message, "The passwords are copied as they are; whoever runs on the new database needs the key that they were sealed under."]
            :
            [
                .. shut,
                options.Key is null
                    ? $"The key that opens the passwords is the file {options.KeyFile}. It is not copied: every node needs it in its data "
                        + "folder, or in Secrets:Key."
                    : "The key that opens the passwords is in Secrets:Key. It is not copied: every node needs that setting.",
            ];
    }

    public async Task<Readiness> Look(CancellationToken ct) => Judge(await integrations.All(ct));

    private Readiness Judge(IReadOnlyList<ExchangeIntegration> all) =>
        all.Count > 0 && !vault.HasKey ? new Readiness(new SealingKeyIsMissing(), [])
        : vault.IsKeyOfOthers([.. all.Select(i => i.Account.SealedPassword)]) ? new Readiness(new SealingKeyIsAnother(), [])
        : new Readiness(null, [.. all.Where(i => vault.WhyShut(i) is not null).Select(i => i.Id)]);
}

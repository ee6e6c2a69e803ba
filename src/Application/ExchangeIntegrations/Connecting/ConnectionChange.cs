using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>
/// An admin's change of the connection or the password. It is tried before it is stored, and stored onto the row as it is by then: what a
/// pass notes of the old password meanwhile is no other change, and the admin's wins.
/// </summary>
internal sealed class ConnectionChange(IExchangeIntegrationRepository integrations, ConnectionTrial trial)
{
    /// <summary>The row before and after.</summary>
    /// <param name="change">From the stored row; refused when it may not be changed so.</param>
    /// <param name="sameConnection">It leads where the stored row leads.</param>
    /// <param name="expected">The version that the admin read; null to overwrite whatever is stored.</param>
    public async Task<Result<(ExchangeIntegration Before, ExchangeIntegration After)>> Make(
        Guid id,
        Func<ExchangeIntegration, Result<ExchangeIntegration>> change,
        bool newPassword,
        Func<ExchangeIntegration, bool> sameConnection,
        bool tryAnyway,
        int? expected,
        CancellationToken ct)
    {
        ExchangeIntegration? first = null;
        ExchangeIntegration? proven = null;
        for (var tries = 0; tries < StoreChange.MostTries; tries++)
        {
            if (await integrations.Find(id, ct) is not { } stored) return new IntegrationNotFound(id);
            if (expected is { } version && (first is null ? version != stored.Version : !stored.OnlyStoppedSince(first)))
                return new ChangedMeanwhile("The integration");
            first ??= stored;
            var candidate = change(stored);
            if (candidate.Refusal is { } needed) return needed;
            var tried = proven is not null && IsProven(candidate.Value, proven)
                ? candidate.Value.Authorized(proven.AccountCalendarId)
                : await trial.Of(candidate.Value, newPassword, sameConnection(stored), tryAnyway, ct);
            if (tried.Refusal is { } unproven) return unproven;
            if (await integrations.Save(tried.Value, ct) is { IsRefused: false } saved) return (stored, saved.Value);
            if (newPassword || !sameConnection(stored)) proven = tried.Value;
        }

        return new ChangedMeanwhile("The integration");
    }

    /// <summary>The logon that was tried says the same of it: no second one is needed.</summary>
    private static bool IsProven(ExchangeIntegration candidate, ExchangeIntegration proven) =>
        candidate.Status is not (IntegrationStatus.Draft or IntegrationStatus.Paused)
        && proven.Status is not (IntegrationStatus.Draft or IntegrationStatus.Paused)
        && candidate.PasswordScope == proven.PasswordScope
        && candidate.ExchangeVersion == proven.ExchangeVersion
        && candidate.UseImpersonation == proven.UseImpersonation;
}

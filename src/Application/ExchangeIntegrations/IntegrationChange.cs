using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations;

internal static class IntegrationChange
{
    /// <summary>
    /// Reads an integration, changes it and stores it; where somebody else was faster, on the integration as it is by then, a bounded
    /// number of times. Answers it as it is stored; what the change leaves as it is, is not stored again.
    /// </summary>
    public static async Task<Result<ExchangeIntegration>> Change(
        this IExchangeIntegrationRepository integrations,
        Guid id,
        Func<ExchangeIntegration, Result<ExchangeIntegration>> change,
        CancellationToken ct)
    {
        for (var tries = 0; tries < StoreChange.MostTries; tries++)
        {
            if (await integrations.Find(id, ct) is not { } stored) return new IntegrationNotFound(id);
            var changed = change(stored);
            if (changed.IsRefused || ReferenceEquals(changed.Value, stored)) return changed;
            if (await integrations.Save(changed.Value, ct) is { IsRefused: false } saved) return saved;
        }

        return new ChangedMeanwhile("The integration");
    }
}

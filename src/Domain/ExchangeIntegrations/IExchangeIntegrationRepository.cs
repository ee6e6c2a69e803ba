namespace CleanSync.Domain.ExchangeIntegrations;

public interface IExchangeIntegrationRepository
{
    Task<ExchangeIntegration?> Find(Guid id, CancellationToken ct);

    Task<IReadOnlyList<ExchangeIntegration>> All(CancellationToken ct);

    /// <summary>
    /// Inserts version 0, updates any other; refuses with <see cref="ChangedMeanwhile"/> when the stored version differs. Answers it as it
    /// is stored, under its new version.
    /// </summary>
    Task<Result<ExchangeIntegration>> Save(ExchangeIntegration integration, CancellationToken ct);
}

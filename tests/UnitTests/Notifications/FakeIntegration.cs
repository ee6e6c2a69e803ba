using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.UnitTests.Persistence;

namespace CleanSync.UnitTests.Notifications;

/// <summary>The only integration.</summary>
internal sealed class FakeIntegration : IExchangeIntegrationRepository
{
    public ExchangeIntegration Stored { get; set; } = Sample.Integration();

    /// <summary>Instead of an answer, something that nobody foresaw.</summary>
    public bool Surprises { get; set; }

    public Task<ExchangeIntegration?> Find(Guid id, CancellationToken ct) => Surprises
        ? Task.FromException<ExchangeIntegration?>(new InvalidOperationException("nobody foresaw this"))
        : Task.FromResult(id == Stored.Id ? Stored : null);

    public Task<IReadOnlyList<ExchangeIntegration>> All(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ExchangeIntegration>>([Stored]);

    public Task<Result> Save(ExchangeIntegration integration, CancellationToken ct)
    {
        Stored = integration;
        return Task.FromResult(Result.Done);
    }
}

/// <summary>Notes what rang.</summary>
internal sealed class FakeNotifiedCalendars : INotifiedCalendars
{
    private readonly List<Guid> rung = [];

    public void Add(IEnumerable<Guid> linkIds) => rung.AddRange(linkIds);

    /// <summary>What rang since the last taking.</summary>
    public IReadOnlyList<Guid> Take()
    {
        Guid[] taken = [.. rung];
        rung.Clear();
        return taken;
    }
}

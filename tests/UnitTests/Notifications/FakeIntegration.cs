using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;

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

    public Task<Result<ExchangeIntegration>> Save(ExchangeIntegration integration, CancellationToken ct)
    {
        Stored = integration;
        return Task.FromResult<Result<ExchangeIntegration>>(integration);
    }
}

/// <summary>Notes which calendars were announced.</summary>
internal sealed class FakeCalendarQueue : ICalendarQueue
{
    private readonly List<Guid> added = [];

    public void Add(CalendarWork work, IEnumerable<Guid> linkIds) => added.AddRange(linkIds);

    /// <summary>Those since the last taking.</summary>
    public IReadOnlyList<Guid> Take()
    {
        Guid[] taken = [.. added];
        added.Clear();
        return taken;
    }
}

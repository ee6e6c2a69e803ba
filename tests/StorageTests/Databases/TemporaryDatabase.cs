using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Bookings;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.StorageTests.Databases;

/// <summary>
/// A fresh, migrated database with one active integration and one link; gone afterwards. The contract suites run on it, whichever database
/// it is: another kind is one more class like <see cref="TemporarySqlite"/>.
/// </summary>
public abstract class TemporaryDatabase : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <param name="time">Also what the database judges leases by.</param>
    private protected TemporaryDatabase(Database store, IDeletedBytes deletedBytes, FakeTimeProvider time)
    {
        (Store, DeletedBytes, Time) = (store, deletedBytes, time);
        Titles = new ExchangeTitles(Store, DeletedBytes);
        Integrations = new ExchangeIntegrationRepository(Store, new IntegrationAlerts(Store, Alerts));
        Links = new StaffCalendarLinkRepository(Store);
        Appointments = new AppointmentRepository(Store);
        Events = new SyncedEventRepository(Store, Titles);
        Records = new IdempotencyRecords(Store);
        SyncStore = new SyncStore(Store, Alerts);
        Leases = new MailboxLeases(Store, new NodeLife(Guid.NewGuid()), Time);
    }

    public ExchangeIntegration Integration { get; private set; } = Sample.Integration();
    public StaffCalendarLink Link { get; private set; } = Sample.Link(Guid.Empty, "anna");
    public FakeTimeProvider Time { get; }
    public IExchangeIntegrationRepository Integrations { get; }
    public IStaffCalendarLinkRepository Links { get; }
    public IAppointmentRepository Appointments { get; }
    public ISyncedEventRepository Events { get; }
    public IIdempotencyRecords Records { get; }
    public ISyncStore SyncStore { get; }
    public IMailboxLeases Leases { get; }
    internal Alerts Alerts { get; } = new(NullLoggerFactory.Instance);
    internal Database Store { get; }
    internal IDeletedBytes DeletedBytes { get; }
    internal ExchangeTitles Titles { get; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What a start of CleanSync does to the database.</summary>
    public abstract Task Migrate();

    public async ValueTask InitializeAsync()
    {
        await Prepare();
        Integration = await Integrated(Integration);
        Link = await Linked(Sample.Link(Integration.Id, "anna"));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Drop();
    }

    public async Task<ExchangeIntegration> Integrated(ExchangeIntegration integration)
    {
        Assert.False((await Integrations.Save(integration, Ct)).IsRefused);
        return (await Integrations.Find(integration.Id, Ct))!;
    }

    public async Task<StaffCalendarLink> Linked(StaffCalendarLink link)
    {
        Assert.True(await Commit(new ChangeSet { Links = [link] }));
        return (await Links.Find(link.Id, Ct))!;
    }

    public async Task<SyncedEvent> Kept(SyncedEvent e)
    {
        Assert.True(await Commit(new ChangeSet { Keep = [e] }));
        return (await Events.Find(e.Id, Ct))!;
    }

    public async Task<Appointment> Booked(Appointment appointment)
    {
        Assert.True(await Commit(new ChangeSet { Appointments = [appointment] }));
        return (await Appointments.Find(appointment.Id, Ct))!;
    }

    /// <summary>The lease of the link ends now.</summary>
    public Task Expire(Guid linkId) => Store.Execute(
        "update mailbox_leases set held_until = @now where link_id = @linkId", new { now = Time.GetUtcNow(), linkId }, Ct);

    public Task<bool> Commit(ChangeSet entry) => SyncStore.Commit(entry, Ct);

    private protected virtual Task Prepare() => Migrate();

    /// <summary>Closes it and takes it away.</summary>
    private protected abstract Task Drop();
}

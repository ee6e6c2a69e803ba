using System.Collections.Concurrent;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Persistence.Links;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>Exchange answers every call a second before it is given up; each time the lease is as short as it may be.</summary>
public sealed class LeaseStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 2, 10, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tomorrow = Now.AddDays(1);
    private static readonly string[] EveryOperation =
        ["GetFolder", "SyncFolderItems", "FindItem", "GetItem", "CreateItem", "UpdateItem", "DeleteItem"];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly SyncOptions options = new() { LeaseFor = TimeSpan.FromSeconds(1) };
    private readonly ConcurrentQueue<TimeSpan> outlasting = new();
    private readonly ClockedHost host;
    private WatchedLeases? leases;
    private Organisation exchange = null!;

    public LeaseStories() => host = new ClockedHost(Now, services => services
        .AddSingleton(options)
        .AddSingleton<IMailboxLeases>(p => leases = new WatchedLeases(ActivatorUtilities.CreateInstance<MailboxLeases>(p)))
        .AddSingleton<ExchangeTransport>(_ => new SlowExchange(this)));

    public async ValueTask InitializeAsync() => exchange = await Organisation.Start("anna");

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task No_call_starts_unless_the_lease_outlasts_its_deadline_by_a_margin()
    {
        var (mailbox, person) = (exchange.Mailbox("anna"), exchange.Outlook("anna"));
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl, scheme: "Basic");
        await api.Authorize(integration);
        exchange.Exchange.Requests.Clear();
        outlasting.Clear();
        person.Adds(new EventDraft("Dentist", Tomorrow, Tomorrow.AddHours(1)));
        await api.Link(integration, "anna");
        await api.Sync("anna");
        var moved = await api.Book(Tomorrow.AddHours(2), 1, "anna");
        await api.Book(Tomorrow.AddHours(4), 1, "anna");
        await Eventually.Until("both copies are written", () => mailbox.Calendar.Count == 3, ct);
        await api.Sync("anna");
        await api.Move(moved, Tomorrow.AddHours(6));
        await Eventually.Until("the copy has moved", () => mailbox.Calendar.Any(e => e.Fields.Start == Tomorrow.AddHours(6)), ct);
        person.HardDeletes(mailbox.Calendar.Single(e => e.Fields.Start == Tomorrow.AddHours(4)).ItemId);
        await api.Sync("anna"); // looks for the copy everywhere
        await api.Cancel(moved);
        await Eventually.Until("the copy is deleted", () => mailbox.Calendar.Count == 1, ct);
        await api.Sync("anna");

        var calls = exchange.Exchange.Requests.Calls.Select(c => c.Operation).ToList();
        Assert.Equal(calls.Count, outlasting.Count);
        Assert.DoesNotContain(calls.Zip(outlasting), c => c.Second < options.LeaseMargin);
        Assert.Empty(EveryOperation.Except(calls));
    }

    private sealed class SlowExchange(LeaseStories story) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var clock = story.host.Clock;
            if (request.Method == HttpMethod.Post)
                story.outlasting.Enqueue((story.leases?.Held?.Until ?? default) - (clock.GetUtcNow() + story.options.CallTimeout));
            var answer = await base.SendAsync(request, cancellationToken);
            clock.Advance(story.options.CallTimeout - TimeSpan.FromSeconds(1));
            return answer;
        }
    }

    private sealed class WatchedLeases(IMailboxLeases leases) : IMailboxLeases
    {
        public MailboxLease? Held { get; private set; }

        public async Task<MailboxLease?> TryTake(
            Guid linkId,
            string owner,
            DateTimeOffset now,
            DateTimeOffset until,
            CancellationToken ct) =>
            Held = await leases.TryTake(linkId, owner, now, until, ct);

        public async Task<bool> Renew(MailboxLease lease, DateTimeOffset until, CancellationToken ct)
        {
            var renewed = await leases.Renew(lease, until, ct);
            if (renewed) Held = lease with { Until = until };
            return renewed;
        }

        public Task Release(MailboxLease lease, CancellationToken ct)
        {
            Held = null;
            return leases.Release(lease, ct);
        }
    }
}

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
public sealed class LeaseStories : OfficeStory
{
    private static readonly DateTimeOffset Now = new(2026, 2, 10, 8, 0, 0, TimeSpan.Zero);
    private static new readonly DateTimeOffset Tomorrow = Now.AddDays(1);
    private static readonly string[] EveryOperation =
        ["GetFolder", "SyncFolderItems", "FindItem", "GetItem", "CreateItem", "UpdateItem", "DeleteItem"];
    private readonly SyncOptions options = new() { LeaseFor = TimeSpan.FromSeconds(1) };
    private readonly ConcurrentQueue<TimeSpan> outlasting = new();
    private WatchedLeases? leases;

    public LeaseStories()
        : base("anna") => Host = new ClockedHost(Now, services => services
        .AddSingleton(options)
        .AddSingleton<IMailboxLeases>(p => leases = new WatchedLeases(
            ActivatorUtilities.CreateInstance<MailboxLeases>(p), p.GetRequiredService<TimeProvider>()))
        .AddSingleton<ExchangeTransport>(_ => new SlowExchange(this)));

    private protected override ClockedHost Host { get; }

    private protected override Task Begin() => Task.CompletedTask;

    [Fact]
    public async Task No_call_starts_unless_the_lease_outlasts_its_deadline_by_a_margin()
    {
        var (mailbox, person) = (Exchange.Mailbox("anna"), Exchange.Outlook("anna"));
        var integration = await Api.Connect(Exchange.Exchange.EwsUrl, scheme: "Basic");
        await Api.Authorize(integration);
        Exchange.Exchange.Requests.Clear();
        outlasting.Clear();
        person.Adds(new EventDraft("Dentist", Tomorrow, Tomorrow.AddHours(1)));
        await Api.Link(integration, "anna");
        await Api.Sync("anna");
        var moved = await Api.Book(Tomorrow.AddHours(2), 1, "anna");
        await Api.Book(Tomorrow.AddHours(4), 1, "anna");
        await Eventually.Until("both copies are written", () => mailbox.Calendar.Count == 3, Ct);
        await Api.Sync("anna");
        await Api.Move(moved, Tomorrow.AddHours(6));
        await Eventually.Until("the copy has moved", () => mailbox.Calendar.Any(e => e.Fields.Start == Tomorrow.AddHours(6)), Ct);
        person.HardDeletes(mailbox.Calendar.Single(e => e.Fields.Start == Tomorrow.AddHours(4)).ItemId);
        await Api.Sync("anna"); // looks for the copy everywhere
        await Api.Cancel(moved);
        await Eventually.Until("the copy is deleted", () => mailbox.Calendar.Count == 1, Ct);
        await Api.Sync("anna");

        var calls = Exchange.Exchange.Requests.Calls.Select(c => c.Operation).ToList();
        Assert.Equal(calls.Count, outlasting.Count);
        Assert.DoesNotContain(calls.Zip(outlasting), c => c.Second < options.LeaseMargin);
        Assert.Empty(EveryOperation.Except(calls));
    }

    private sealed class SlowExchange(LeaseStories story) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var clock = story.Host.Clock;
            if (request.Method == HttpMethod.Post)
                story.outlasting.Enqueue((story.leases?.Held?.Until ?? default) - (clock.GetUtcNow() + story.options.CallTimeout));
            var answer = await base.SendAsync(request, cancellationToken);
            clock.Advance(story.options.CallTimeout - TimeSpan.FromSeconds(1));
            return answer;
        }
    }

    private sealed class WatchedLeases(IMailboxLeases leases, TimeProvider time) : IMailboxLeases
    {
        public MailboxLease? Held { get; private set; }

        public async Task<MailboxLease?> TryTake(Guid linkId, string owner, TimeSpan span, CancellationToken ct) =>
            Held = await leases.TryTake(linkId, owner, span, ct);

        public async Task<bool> Renew(MailboxLease lease, TimeSpan span, CancellationToken ct)
        {
            var until = time.GetUtcNow() + span;
            var renewed = await leases.Renew(lease, span, ct);
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

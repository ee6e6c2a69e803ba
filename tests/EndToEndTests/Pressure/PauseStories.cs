using CleanSync.Application.Appointments;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.Pressure;

/// <summary>What Exchange asks for holds for every call, whoever makes it.</summary>
public sealed class PauseStories : IDisposable
{
    private const int Staff = 12;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private readonly TemporaryFolder folder = new();
    private readonly VirtualThread thread = new(new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero));
    private readonly VirtualExchange exchange;
    private Fault? next;

    public PauseStories() => exchange = new VirtualExchange(thread, Staff)
    {
        Conduct = _ => new Conduct(Latency, Interlocked.Exchange(ref next, null)),
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pause_of_the_server_holds_for_every_mailbox_and_booking_and_over_a_restart() => thread.Run(async () =>
    {
        DateTimeOffset asked;
        await using (var node = await Running())
        {
            await node.Connect(Staff);
            await thread.Delay(TimeSpan.FromMinutes(1));
            asked = await Refused(new Fault.Http(503, RetryAfter: "300"));
            await Book(node);
            await thread.Delay(TimeSpan.FromMinutes(2));
            Assert.Contains("everything waits until", await Told(node), StringComparison.Ordinal);
        }

        await using var again = await Running();
        await thread.Delay(TimeSpan.FromMinutes(5));
        Assert.DoesNotContain(exchange.Calls, c => c.At > asked && c.At < asked.AddMinutes(5));
        Assert.Equal(Staff, exchange.Calls.Count(c => c.Operation == "CreateItem"));
    });

    [Fact, Long]
    public void A_pause_of_68_years_is_kept_for_an_hour_and_shown_and_then_one_lone_call_goes_until_it_succeeds() => thread.Run(async () =>
    {
        await using var node = await Running();
        await node.Connect(Staff);
        await thread.Delay(TimeSpan.FromMinutes(1));
        var asked = await Refused(new Fault.Http(503, RetryAfter: "2147483647"));
        await Book(node);
        await thread.Delay(TimeSpan.FromMinutes(30));
        Assert.Contains("until 2026-07-06 09:01 UTC, as HTTP 503 asked", await Told(node), StringComparison.Ordinal);
        var list = await node.Send(new ListStaffLinks());
        Assert.Equal((0, Staff, 0), (list.Syncing, list.Warning, list.Error));
        Assert.All(list.Links, l => Assert.Equal((AccountState.Warning, "exchange-is-busy"), (l.State, l.Problem)));
        Assert.All(list.Links, l => Assert.Contains("until 2026-07-06 09:01 UTC", l.Reason, StringComparison.Ordinal));
        Assert.Contains("(HTTP 503)", (await node.Send(new ListIntegrations()))[0].StatusReason, StringComparison.Ordinal);

        // The first that goes is hung up on, the second is told to wait again, the third is slow and succeeds: each goes alone.
        var troubles =
            new Queue<Conduct>([new(TimeSpan.FromSeconds(9), new Fault.AbortBeforeEffect()),
                new(TimeSpan.FromSeconds(9), new Fault.Http(503, RetryAfter: "9999")), new(TimeSpan.FromSeconds(9))]);
        exchange.Conduct = _ => troubles.TryDequeue(out var trouble) ? trouble : new Conduct(Latency);
        await thread.Delay(TimeSpan.FromMinutes(126));
        var after = exchange.Calls.Where(c => c.At > asked).ToList();
        Assert.True(after[0].At >= asked.AddHours(1), $"It came {after[0].At - asked} after the pause was asked for.");
        Assert.True(after[1].At >= after[0].EndedAt!.Value.AddMinutes(1), "Another follows after a minute.");
        Assert.True(after[2].At >= after[1].EndedAt!.Value.AddHours(1), "The server asked again.");
        Assert.All(after.Skip(3), c => Assert.True(c.At >= after[2].EndedAt));
        Assert.Equal(
            Staff,
            after.Where(c => c.At < after[2].EndedAt!.Value.AddSeconds(60) && c.Operation == "CreateItem")
                .Select(c => c.Mailbox)
                .Distinct()
                .Count());
        Assert.Equal(Staff, (await node.Send(new ListStaffLinks())).Syncing);
    });

    [Fact]
    public void A_pause_that_an_admin_lifts_ends_with_one_lone_call_and_what_waited_follows_its_success() => thread.Run(async () =>
    {
        await using var node = await Running();
        var integration = await node.Connect(Staff);
        await thread.Delay(TimeSpan.FromMinutes(1));
        await Refused(new Fault.Http(429, RetryAfter: "3000"));
        await Book(node);
        await thread.Delay(TimeSpan.FromMinutes(2));
        var lifted = thread.Now;
        exchange.ForgetCalls();
        var slow = 1;
        exchange.Conduct = _ => new Conduct(Interlocked.Exchange(ref slow, 0) == 1 ? TimeSpan.FromSeconds(9) : Latency);
        Assert.Equal("0 of 8 in use; no mailbox waits.", (await node.Send(new LiftPauses(integration))).Value.Summary);
        await thread.Delay(TimeSpan.FromMinutes(1));
        var first = exchange.Calls[0];
        Assert.True(first.At - lifted < TimeSpan.FromSeconds(15), "It goes soon.");
        Assert.All(exchange.Calls.Skip(1), c => Assert.True(c.At >= first.EndedAt, "The others wait for its success."));
        Assert.Equal(Staff, exchange.Calls.Count(c => c.Operation == "CreateItem"));
    });

    [Fact]
    public void A_pause_of_one_mailbox_leaves_the_others_alone() => thread.Run(async () =>
    {
        await using var node = await Running();
        await node.Connect(Staff);
        await thread.Delay(TimeSpan.FromMinutes(1));
        var asked = await Refused(new Fault.Soap("ErrorServerBusy", 240_000));
        var mailbox = exchange.Calls.Last(c => c.Status == 500).Mailbox;
        await Book(node);
        await thread.Delay(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(exchange.Calls, c => c.Mailbox == mailbox && c.At > asked);
        Assert.Equal(Staff - 1, exchange.Calls.Count(c => c.Operation == "CreateItem"));
        Assert.Contains("1 mailbox waits until", await Told(node), StringComparison.Ordinal);
    });

    [Fact, Long]
    public void Too_many_connections_halve_the_gate_and_it_recovers() => thread.Run(async () =>
    {
        await using var node = await Running();
        await node.Connect(Staff);
        await Refused(new Fault.Soap("ErrorExceededConnectionCount"));
        Assert.Contains("of 4 in use (of 8 allowed", await Told(node), StringComparison.Ordinal);
        await thread.Delay(TimeSpan.FromMinutes(61));
        Assert.Contains("of 8 in use;", await Told(node), StringComparison.Ordinal);
    });

    [Fact]
    public void The_deadline_of_a_create_is_taken_when_its_call_starts() => thread.Run(async () =>
    {
        await using var node = await Running(("Sync:CallsAtOnce", "1"));
        await node.Connect(2);
        await thread.Delay(TimeSpan.FromMinutes(1));
        var late = new List<TimeSpan>();
        exchange.Conduct = call =>
        {
            if (call.Operation == "CreateItem") late.Add(OpenAttempt(node).Deadline!.Value - call.At);
            return new Conduct(TimeSpan.FromSeconds(40));
        };
        await Book(node, 2);
        await thread.Delay(TimeSpan.FromMinutes(10));
        Assert.Equal([TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2)], late);
    });

    [Fact]
    public void A_full_mailbox_is_read_all_the_same_and_each_copy_says_why_it_waits() => thread.Run(async () =>
    {
        exchange.Conduct = call => new Conduct(Latency, call.Operation == "CreateItem" ? new Fault.Response("ErrorQuotaExceeded") : null);
        await using var node = await Running();
        await node.Connect(1);
        await Book(node, 1);
        await thread.Delay(TimeSpan.FromMinutes(3));
        var link = await node.Link(0);
        var copy = (await node.Get<ISyncedEventRepository>().OfLink(link.Id, default))[0];
        Assert.Equal((PushState.Failed, "ErrorQuotaExceeded"), (copy.PushState, copy.PushFailure?.MostExactCode));
        Assert.True(thread.Now - link.LastSyncedAt < TimeSpan.FromMinutes(1), "Reading goes on.");
    });

    private async Task<VirtualNode> Running(params (string, string)[] settings)
    {
        var node = await VirtualNode.Start(thread, exchange, folder.Path, [("Sync:PollInterval", "10"), .. settings]);
        node.Begin();
        return node;
    }

    /// <summary>The next call is answered so; when that answer came.</summary>
    private async Task<DateTimeOffset> Refused(Fault fault)
    {
        next = fault;
        var before = exchange.Calls.Count;
        while (exchange.Calls.Skip(before).All(c => c.Status is 0 or 200)) await thread.Delay(TimeSpan.FromMilliseconds(10));
        return exchange.Calls.Skip(before).First(c => c.Status is not (0 or 200)).EndedAt!.Value;
    }

    private async Task Book(VirtualNode node, int staff = Staff) => Assert.False((await node.Send(new BookAppointment(
        "Visit", thread.Now.AddDays(1), thread.Now
            .AddDays(1)
            .AddHours(1),
            "Europe/Berlin",
            null,
            "First visit",
            null,
            [.. Enumerable.Range(0, staff).Select(VirtualNode.Staff)],
            "A1"))).IsRefused);

    private static async Task<string> Told(VirtualNode node) =>
        (await node.Send(new GetTraffic((await node.Send(new ListIntegrations()))[0].Id))).Value.Summary;

    /// <summary>Read without a wait: SQLite answers at once.</summary>
    private static CreateAttempt OpenAttempt(VirtualNode node) => Enumerable.Range(0, 2)
        .SelectMany(
            i => node.Get<ISyncedEventRepository>().OfLink(node.Link(i).GetAwaiter().GetResult().Id, default).GetAwaiter().GetResult())
        .Select(e => e.OpenAttempt).OfType<CreateAttempt>().Single();
}

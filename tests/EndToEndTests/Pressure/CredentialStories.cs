using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.Pressure;

/// <summary>200 staff in full traffic, and a password that is wrong from one moment on: bad logons as Exchange counts them.</summary>
public sealed class CredentialStories : IDisposable
{
    private const int Staff = 200;
    /// <summary>Enough to fill the gate.</summary>
    private const int Some = 40;

    private readonly TemporaryFolder folder = new();
    private readonly VirtualThread thread = new(new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero));
    private readonly VirtualExchange exchange;

    public CredentialStories() => exchange = new VirtualExchange(thread, Staff);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void When_the_password_expires_only_calls_in_flight_fail_and_none_follows_for_hours_or_after_a_restart() =>
        thread.Run(async () =>
    {
        await using (var node = await Busy(Staff))
        {
            await Expires();
            await thread.Delay(TimeSpan.FromHours(6));
            Assert.InRange(exchange.Account.FailedLogons, 2, 8 + 1); // those in flight, and the one that tries it again
        }

        var before = exchange.Account.FailedLogons;
        await using var again = await Started();
        await again.Send(new SyncStaffCalendar(VirtualNode.Staff(7)));
        await thread.Delay(TimeSpan.FromHours(6));
        Assert.Equal(before, exchange.Account.FailedLogons);
    });

    [Fact]
    public void A_right_password_that_is_refused_in_full_traffic_is_tried_by_one_lone_call_and_everybody_goes_on() => thread.Run(async () =>
    {
        await using var node = await Busy(Some);
        while (exchange.InFlight < 8) await thread.Delay(TimeSpan.FromMilliseconds(1));
        exchange.Account.MisjudgesNext = 1;
        await thread.Delay(TimeSpan.FromSeconds(1));
        exchange.ForgetCalls();
        await thread.Delay(TimeSpan.FromSeconds(28));
        Assert.Empty(exchange.Calls);
        await node.Until(() => Task.FromResult(exchange.Calls.Select(c => c.Mailbox).Distinct().Count() >= Some), TimeSpan.FromMinutes(2));
        var lone = exchange.Calls[0];
        Assert.All(exchange.Calls.Skip(1), c => Assert.True(c.At >= lone.EndedAt));
        Assert.Equal((0, 1), (exchange.Account.FailedLogons, exchange.Account.MisjudgedLogons));
        Assert.Equal(IntegrationStatus.Active, await Status(node));
        Assert.Equal(1, (await node.Send(new ListIntegrations()))[0].LogonWarning!.Count);
    });

    [Fact, Long]
    public void A_wrong_new_password_is_tried_once_and_traffic_goes_on_with_the_one_that_works() => thread.Run(async () =>
    {
        await using var node = await Busy();
        Assert.IsType<NewPasswordIsRefused>((await Change(node, "Wrong-Horse-7")).Refusal);
        var calls = exchange.Calls.Count;
        await thread.Delay(TimeSpan.FromMinutes(40));
        Assert.Equal(1, exchange.Account.FailedLogons);
        Assert.True(exchange.Calls.Count - calls > 40);
        Assert.Equal(IntegrationStatus.Active, await Status(node));
    });

    [Fact]
    public void A_password_that_nobody_used_for_ten_minutes_is_tried_once() => thread.Run(async () =>
    {
        await using (await Busy())
        {
        }

        await thread.Delay(TimeSpan.FromMinutes(11));
        exchange.Account.Password = "Changed-Horse-8";
        await using var again = await Started();
        await thread.Delay(TimeSpan.FromMinutes(40));
        Assert.Equal(1, exchange.Account.FailedLogons);
    });

    [Fact]
    public void A_new_password_and_an_authorization_start_everything_again() => thread.Run(async () =>
    {
        await using var node = await Busy();
        await Expires();
        await thread.Delay(TimeSpan.FromMinutes(5));
        var before = exchange.Account.FailedLogons;
        Assert.False((await Change(node, "Changed-Horse-8")).IsRefused);
        Assert.False((await node.Send(new AuthorizeIntegration(await Integration(node)))).IsRefused);
        var calls = exchange.Calls.Count;
        await node.Until(() => Task.FromResult(exchange.Calls.Count - calls > 40), TimeSpan.FromMinutes(1));
        Assert.Equal(before, exchange.Account.FailedLogons);
    });

    [Fact]
    public void Two_admins_who_authorize_at_once_with_a_wrong_password_cost_one_bad_logon() => thread.Run(async () =>
    {
        await using var node = await Busy();
        await Expires();
        await thread.Delay(TimeSpan.FromMinutes(5));
        var before = exchange.Account.FailedLogons;
        var id = await Integration(node);
        var both = await Task.WhenAll(node.Send(new AuthorizeIntegration(id)), node.Send(new AuthorizeIntegration(id)));
        Assert.All(both, answer => Assert.IsType<CredentialRefused>(answer.Refusal));
        Assert.Equal(before + 1, exchange.Account.FailedLogons);
    });

    private async Task<VirtualNode> Busy(int staff = Some)
    {
        var node = await VirtualNode.Start(
            thread,
            exchange,
            folder.Path,
            ("Sync:PollInterval", "0.2"),
            ("Scheduling:SyncHeartbeat", "30"),
            ("Scheduling:PushInterval", "300"));
        await node.Connect(staff);
        node.Begin();
        await thread.Delay(TimeSpan.FromSeconds(1));
        return node;
    }

    private async Task<VirtualNode> Started()
    {
        var node = await VirtualNode.Start(
            thread,
            exchange,
            folder.Path,
            ("Sync:PollInterval", "0.2"),
            ("Scheduling:SyncHeartbeat", "30"),
            ("Scheduling:PushInterval", "300"));
        node.Begin();
        return node;
    }

    /// <summary>At a moment when every place at the gate is taken.</summary>
    private async Task Expires()
    {
        while (exchange.InFlight < 8) await thread.Delay(TimeSpan.FromMilliseconds(1));
        exchange.Account.Password = "Changed-Horse-8";
    }

    private static async Task<Guid> Integration(VirtualNode node) => (await node.Send(new ListIntegrations()))[0].Id;

    private static async Task<IntegrationStatus> Status(VirtualNode node) => (await node.Send(new ListIntegrations()))[0].Status;

    private static async Task<Domain.Result> Change(VirtualNode node, string password) => await node.Send(new ChangeIntegration(
        await Integration(node),
        VirtualExchange.Settings,
        password,
        null));
}

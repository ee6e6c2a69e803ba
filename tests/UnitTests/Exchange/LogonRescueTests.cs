using System.Net;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Traffic;
using CleanSync.Infrastructure.Traffic.Shares;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CleanSync.UnitTests.Exchange;

/// <summary>One refused logon of a password that worked a moment ago: who makes the lone call, on several nodes, by any clock.</summary>
public sealed class LogonRescueTests : IAsyncLifetime
{
    private static readonly EwsTransportException Lost = new(TransportFailure.Interrupted, true, null);
    private static readonly EwsHttpException Refused = new(HttpStatusCode.Unauthorized, CredentialUse.Sent);
    private readonly TemporarySqlite db = new();
    private readonly List<LogonLimit> limits = [];
    private TrafficGovernor here = null!;
    private TrafficGovernor elsewhere = null!;
    private int sent;

    private static CancellationToken Ct => TemporaryDatabase.Ct;

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        (here, elsewhere) = (Node(), Node());
        await Works(here);
        await Works(elsewhere);
        sent = 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var limit in limits) limit.Dispose();
        await db.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_calls_in_flight_all_are_in_doubt_and_none_stops_the_integration()
    {
        var answers = new TaskCompletionSource();
        var many = Enumerable.Range(0, 6).Select(i => Send(i % 2 == 0 ? here : elsewhere, $"staff{i}", async () =>
        {
            await answers.Task;
            throw Refused;
        })).ToList();
        await Until(() => sent == 6);
        answers.SetResult();
        foreach (var call in many) Assert.IsType<LogonIsInDoubt>((await Assert.ThrowsAsync<CalendarFailure>(() => call)).Refusal);
        Assert.Equal(IntegrationStatus.Active, await Status());
        Assert.Equal(0, await Wrong());
    }

    [Fact]
    public async Task Of_two_nodes_one_makes_the_lone_call_and_its_success_lets_both_go_on()
    {
        await Doubted(here);
        await InDoubt(elsewhere, TimeSpan.FromSeconds(30));
        db.Time.Advance(PendingRescue.Pause);
        var answer = new TaskCompletionSource();
        var lone = Send(here, "anna", async () =>
        {
            await answer.Task;
            return 0;
        });
        await Until(() => sent == 1);
        await InDoubt(elsewhere, null);
        Assert.Equal(1, sent);
        answer.SetResult();
        await lone;
        await Works(here);
        await Works(elsewhere);
        Assert.Equal(1, (await here.Of(db.Integration.Server, Ct)).Warning!.Count);
    }

    [Fact]
    public async Task Whoever_comes_while_this_node_makes_the_lone_call_waits_for_its_outcome_and_goes_on()
    {
        await Doubted(here);
        db.Time.Advance(PendingRescue.Pause);
        var answer = new TaskCompletionSource<int>();
        var lone = Send(here, "anna", () => answer.Task);
        await Until(() => sent == 1);
        var others = Enumerable.Range(0, 5).Select(i => Send(here, $"staff{i}", () => Task.FromResult(0))).ToList();
        answer.SetResult(0);
        await Task.WhenAll([lone, .. others]);
        Assert.Equal(6, sent);
    }

    [Fact]
    public async Task A_call_that_met_the_pause_makes_its_mailbox_no_slow_one()
    {
        await Doubted(elsewhere);
        for (var i = 0; i < 20; i++) await Record.ExceptionAsync(() => Send(here, $"staff{i}", () => Task.FromResult(0)));
        db.Time.Advance(PendingRescue.Pause);
        await Works(here);
        var answer = new TaskCompletionSource<int>();
        var many = Enumerable.Range(0, 20).Select(i => Send(here, $"staff{i}", () => answer.Task)).ToList();
        answer.SetResult(0);
        await Task.WhenAll(many);
    }

    [Fact]
    public async Task A_node_that_dies_with_the_right_to_the_lone_call_blocks_nobody_for_good()
    {
        await Doubted(here);
        db.Time.Advance(PendingRescue.Pause);
        _ = Send(here, "anna", () => new TaskCompletionSource<int>().Task);
        await Until(() => sent == 1);
        await InDoubt(elsewhere, null);
        var options = new SyncOptions();
        db.Time.Advance(options.CallTimeout + options.LeaseMargin);
        await Works(elsewhere);
        Assert.Equal(2, sent);
    }

    [Fact]
    public async Task A_lone_call_that_tells_nothing_leaves_the_next_try_for_half_a_minute_later()
    {
        await Doubted(here);
        db.Time.Advance(PendingRescue.Pause);
        await Assert.ThrowsAsync<EwsTransportException>(() => Send(here, "anna", () => throw Lost));
        await InDoubt(here, TimeSpan.FromSeconds(30));
        db.Time.Advance(PendingRescue.Pause);
        await Works(here);
    }

    [Fact]
    public async Task A_refusal_of_a_call_that_was_sent_before_the_lone_call_worked_is_an_old_one()
    {
        var late = new TaskCompletionSource<int>();
        var call = Send(here, "bert", () => late.Task);
        await Until(() => sent == 1);
        db.Time.Advance(TimeSpan.FromSeconds(1));
        await Doubted(here);
        db.Time.Advance(PendingRescue.Pause);
        await Works(here);
        late.SetException(Refused);
        await Assert.ThrowsAsync<CalendarFailure>(() => call);
        await Works(here);
    }

    [Fact]
    public async Task While_too_many_passwords_of_the_account_were_refused_the_first_refusal_is_believed()
    {
        for (var i = 0; i < LogonLimit.Most; i++) await limits[0].Count(db.Integration.Account.CountedAs, db.Integration.ServerAddress, Ct);
        await Assert.ThrowsAsync<EwsHttpException>(() => Send(here, "anna", () => throw Refused));
        Assert.Equal(IntegrationStatus.CredentialRefused, await Status());
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(3600)]
    public async Task A_clock_that_jumps_during_the_pause_holds_nobody_up_for_longer(int seconds)
    {
        await Doubted(here);
        db.Time.AdjustTime(db.Time.GetUtcNow().AddSeconds(seconds));
        await Record.ExceptionAsync(() => Send(here, "anna", () => Task.FromResult(0)));
        await Works(here);
    }

    [Fact]
    public async Task A_refusal_of_a_password_that_was_replaced_meanwhile_is_nobodys_any_more()
    {
        var late = new TaskCompletionSource<int>();
        var call = Send(here, "anna", () => late.Task);
        await Until(() => sent == 1);
        var replaced = (await db.Integrations.Find(db.Integration.Id, Ct))!.WithPassword([9, 9]);
        Assert.False((await db.Integrations.Save(replaced, Ct)).IsRefused);
        late.SetException(Refused);
        var failure = await Assert.ThrowsAsync<CalendarFailure>(() => call);
        Assert.True(failure is { Reach: FailureReach.BackOff, Meaning: not FailureMeaning.CredentialRefused });
        Assert.Equal((IntegrationStatus.Active, 0), (await Status(), await Wrong()));
        Assert.Null((await here.Of(replaced.Server, Ct)).Doubt);
    }

    [Fact]
    public async Task What_worked_is_written_down_once_a_minute_at_most()
    {
        var before = (await new TrafficRecords(db.Store).Find(db.Integration.Server, "", Ct))!.ProvenAt;
        for (var i = 0; i < 59; i++)
        {
            db.Time.Advance(TimeSpan.FromSeconds(1));
            await Works(here);
        }

        Assert.Equal(before, (await new TrafficRecords(db.Store).Find(db.Integration.Server, "", Ct))!.ProvenAt);
    }

    private TrafficGovernor Node()
    {
        var records = new TrafficRecords(db.Store);
        var limit = new LogonLimit(new RefusedLogons(db.Store), new SoleWorkLeases(), new EwsCallSigns(), new SyncOptions(), db.Time);
        limits.Add(limit);
        var rescue = new LogonRescue(new LogonRescues(db.Store), new SyncOptions(), db.Time, NullLogger<LogonRescue>.Instance);
        var circuit = new CredentialCircuit(records, rescue, limit, new EwsCallSigns(), db.Integrations, db.Time);
        return new TrafficGovernor(records, circuit, rescue, new EwsCallSigns(), new WholeShare(), new SyncOptions(), db.Time);
    }

    private async Task Doubted(TrafficGovernor node)
    {
        var failure = await Assert.ThrowsAsync<CalendarFailure>(() => Send(node, "anna", () => throw Refused));
        Assert.True(failure is { NothingWasSent: true, RetryAfter.TotalSeconds: 30, Refusal: LogonIsInDoubt });
        sent = 0;
    }

    private async Task InDoubt(TrafficGovernor node, TimeSpan? wait)
    {
        var before = sent;
        var failure = await Assert.ThrowsAsync<CalendarFailure>(() => Send(node, "carla", () => Task.FromResult(0)));
        Assert.IsType<LogonIsInDoubt>(failure.Refusal);
        if (wait is { } expected) Assert.Equal(expected, failure.RetryAfter);
        Assert.Equal(before, sent);
    }

    private Task<int> Works(TrafficGovernor node) => Send(node, "anna", () => Task.FromResult(0));

    private Task<int> Send(TrafficGovernor node, string mailbox, Func<Task<int>> call) => node.Send(
        db.Integration.Server, mailbox, mayBeCut: false, LogonWish.Due, _ =>
        {
            Interlocked.Increment(ref sent);
            return call();
        }, Ct);

    private async Task<IntegrationStatus> Status() => (await db.Integrations.Find(db.Integration.Id, Ct))!.Status;

    private async Task<int> Wrong() => (await new RefusedLogons(db.Store).Find(db.Integration.Account.CountedAs, Ct))?.Refusals ?? 0;

    private static async Task Until(Func<bool> holds)
    {
        while (!holds()) await Task.Delay(1, Ct);
    }
}

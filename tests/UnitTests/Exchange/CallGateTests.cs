using CleanSync.Infrastructure.Traffic;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Exchange;

public sealed class CallGateTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly CallGate gate;
    private int limit = 2;

    public CallGateTests() => gate = new CallGate(() => limit, clock);

    [Fact]
    public async Task As_many_go_in_as_the_limit_says_and_the_next_when_one_leaves()
    {
        var first = (await Enter("a"))!;
        await Enter("b");
        var third = Enter("c");
        Assert.False(third.IsCompleted);
        Answer(first);
        Assert.Equal("c", (await third)!.Mailbox);
    }

    [Fact]
    public async Task Mailboxes_take_turns_so_that_one_with_500_waiting_calls_holds_up_no_other()
    {
        limit = 1;
        var inside = (await Enter("busy"))!;
        var busy = Enumerable.Range(0, 500).Select(_ => Enter("busy")).ToList();
        var other = Enter("other");
        Answer(inside);
        Answer((await busy[0])!);
        Assert.Equal("other", (await other)!.Mailbox);
        Assert.Equal(499, gate.Waiting);
    }

    [Fact]
    public async Task One_mailbox_has_one_call_at_a_time()
    {
        await Enter("a");
        var second = Enter("a");
        Assert.Equal("b", (await Enter("b"))!.Mailbox);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_no_place_behind()
    {
        limit = 1;
        var inside = (await Enter("a"))!;
        using var given = new CancellationTokenSource();
        var waiting = gate.Enter("b", true, given.Token);
        given.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Answer(inside);
        Assert.Equal("c", (await Enter("c"))!.Mailbox);
    }

    [Fact]
    public async Task A_slow_read_beyond_its_share_is_cut_when_somebody_waits()
    {
        var first = (await Enter("slow"))!;
        var second = (await Enter("slower"))!;
        clock.Advance(SlowCallThreshold.Least);
        Assert.False(first.IsCut || second.IsCut, "Nobody needs the places.");
        var waiting = Enter("quick");
        Assert.Equal((false, true), (first.IsCut, second.CutOff.IsCancellationRequested));
        second.Dispose();
        Assert.Equal("quick", (await waiting)!.Mailbox);
    }

    [Fact]
    public async Task A_write_is_never_cut_and_nobody_waits_for_a_gate_that_only_slow_writes_hold()
    {
        var writes = new[] { (await Enter("a", mayBeCut: false))!, (await Enter("b", mayBeCut: false))! };
        var waiting = Enter("c");
        clock.Advance(SlowCallThreshold.Least);
        Assert.Null(await waiting);
        Assert.DoesNotContain(writes, w => w.IsCut);
    }

    [Fact]
    public async Task A_mailbox_that_did_not_answer_holds_no_more_than_a_share_until_it_answers()
    {
        limit = 8;
        foreach (var name in new[] { "a", "b", "c" }) (await Enter(name))!.Dispose();
        var held = new[] { (await Enter("a"))!, (await Enter("b"))! };
        Assert.Null(await Enter("c"));
        Answer(held[0]);
        Assert.NotNull(await Enter("c"));
        Assert.Equal("a", (await Enter("a"))!.Mailbox);
    }

    [Fact]
    public async Task Where_the_whole_server_is_slow_no_call_is()
    {
        for (var i = 0; i < 32; i++)
        {
            var passage = (await Enter("a"))!;
            clock.Advance(TimeSpan.FromSeconds(1));
            Answer(passage);
        }

        var (first, second) = ((await Enter("a"))!, (await Enter("b"))!);
        _ = Enter("c");
        clock.Advance(TimeSpan.FromSeconds(7));
        Assert.False(first.IsCut || second.IsCut);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(second.IsCut);
    }

    private static void Answer(CallSlot passage)
    {
        passage.Answered();
        passage.Dispose();
    }

    private Task<CallSlot?> Enter(string mailbox, bool mayBeCut = true) =>
        gate.Enter(mailbox, mayBeCut, TestContext.Current.CancellationToken);
}

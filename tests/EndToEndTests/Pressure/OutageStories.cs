using CleanSync.Application.Appointments;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.EndToEndTests.VirtualTime;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.Pressure;

/// <summary>Exchange is down, or hangs, while both sides go on: two rows of the fault table in docs/proofs.md.</summary>
public sealed class OutageStories : IDisposable
{
    private const int Staff = 6;
    private static readonly Conduct Well = new(TimeSpan.FromMilliseconds(50));
    private readonly VirtualOffice office = new(Staff);

    public void Dispose() => office.Dispose();

    [Fact]
    public void Exchange_down_for_five_minutes_is_told_and_afterwards_both_sides_hold_everything_once() => office.Thread.Run(async () =>
    {
        await using var node = await Running();
        var booked = await Changes(node);
        office.Exchange.Conduct = _ => new Conduct(TimeSpan.FromMilliseconds(5), new Fault.AbortBeforeEffect());
        var during = await Changes(node);
        await office.Thread.Delay(TimeSpan.FromMinutes(5));

        var copies = (await node.Send(new GetAppointment(during))).Value.Copies;
        Assert.All(copies, c => Assert.True(c.State is CopyState.Queued or CopyState.Failed, $"It is {c.State}."));
        Assert.All(copies.Where(c => c.State is CopyState.Failed), c => Assert.True(c.NextTryAt > office.Thread.Now.AddSeconds(-30)));
        var list = await node.Send(new ListStaffLinks());
        Assert.Equal(Staff, list.Error);
        Assert.All(list.Links, l => Assert.Equal((AccountState.Error, "exchange-is-unreachable"), (l.State, l.Problem)));
        Assert.Contains(
            node.Log,
            l => l.StartsWith("Warning: staff000: ", StringComparison.Ordinal)
                && l.Contains("exchange-is-unreachable", StringComparison.Ordinal));
        Assert.DoesNotContain(node.Log, l => l.StartsWith("Error", StringComparison.Ordinal));

        office.Exchange.Conduct = _ => Well;
        await node.Until(() => IsEqual(node), TimeSpan.FromMinutes(6));
        Assert.Equal(Staff, (await node.Send(new ListStaffLinks())).Syncing);
        Assert.All(
            (await node.Send(new GetAppointment(booked))).Value.Copies,
            c => Assert.True(c.State is CopyState.Written or CopyState.Confirmed));
    });

    [Fact]
    public void Exchange_hanging_for_45_seconds_loses_and_doubles_nothing_and_keeps_no_booking_waiting() => office.Thread.Run(async () =>
    {
        await using var node = await Running();
        var hangsUntil = office.Thread.Now.AddSeconds(45);
        office.Exchange.Conduct = _ => new Conduct(office.Thread.Now < hangsUntil ? hangsUntil - office.Thread.Now : Well.After);
        var before = office.Thread.Now;
        var during = await Changes(node);
        Assert.Equal(before, office.Thread.Now);
        await office.Thread.Delay(TimeSpan.FromSeconds(40));
        Assert.All((await node.Send(new GetAppointment(during))).Value.Copies, c => Assert.Equal(CopyState.Queued, c.State));
        Assert.Equal(Staff, (await node.Send(new ListStaffLinks())).Syncing);
        await node.Until(() => IsEqual(node), TimeSpan.FromMinutes(2));
        Assert.Equal(Staff, office.Exchange.Calls.Count(c => c.Operation == "CreateItem"));
        Assert.DoesNotContain(node.Log, l => l.StartsWith("Error", StringComparison.Ordinal));
    });

    private async Task<VirtualNode> Running()
    {
        var node = await office.Run();
        await office.Thread.Delay(TimeSpan.FromMinutes(1));
        return node;
    }

    /// <summary>One booking for everybody, and an event in each Outlook calendar.</summary>
    private async Task<Guid> Changes(VirtualNode node)
    {
        var number = office.Exchange.Mailbox(0).Calendar.Count;
        var at = office.Start.AddDays(2 + number);
        for (var i = 0; i < Staff; i++) office.Exchange.Mailbox(i).Person.Adds(new EventDraft($"Event {number}", at, at.AddHours(1)));
        var booked = await node.Send(new BookAppointment(
            $"Visit {number}", at.AddHours(2), at.AddHours(3), "Europe/Berlin", null, null, null, office.Staff, null));
        return booked.Value;
    }

    private async Task<bool> IsEqual(VirtualNode node)
    {
        for (var i = 0; i < Staff; i++)
        {
            var rows = await node.Get<ISyncedEventRepository>().OfLink((await node.Link(i)).Id, default);
            var known = rows.Where(r => r.ItemId is not null && r.PushState is not PushState.Gone)
                .Select(r => r.ItemId!)
                .Order(StringComparer.Ordinal);
            if (!known.SequenceEqual(office.Exchange.Mailbox(i).Calendar.Select(e => e.ItemId)
                .Order(StringComparer.Ordinal), StringComparer.Ordinal)) return false;
            if (rows.Any(r => r.Kind is EventKind.Copy && r.ItemId is null)) return false;
        }

        return true;
    }
}

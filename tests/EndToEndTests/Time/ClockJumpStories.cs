using CleanSync.Application.Appointments;
using CleanSync.Application.Erasures;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.VirtualTime;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>Somebody sets the machine's clock wrong, and right again. Polling only.</summary>
public sealed class ClockJumpStories : IDisposable
{
    private const int Staff = 4;
    private static readonly TimeSpan TwoYears = TimeSpan.FromDays(730);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);
    private readonly VirtualOffice office = new(Staff);

    public void Dispose() => office.Dispose();

    [Theory, Long]
    [InlineData(15)]
    [InlineData(1200)]
    public void Two_years_ahead_for_a_while_and_back_loses_and_doubles_nothing_and_both_sides_are_right_within_two_intervals(int seconds) =>
        office.Thread.Run(async () =>
    {
        await using var node = await Prepared();
        var known = await Ids(node);
        var undo = await Removals(node);
        Assert.Single(undo);

        office.Thread.Clock.Jump(TwoYears);
        await office.Thread.Delay(TimeSpan.FromSeconds(5));
        Outlook(1).Adds(new EventDraft("Meanwhile", office.Start.AddDays(2), office.Start.AddDays(2).AddHours(1)));
        await Book(node, "Booked meanwhile", office.Start.AddDays(3));
        await office.Thread.Delay(TimeSpan.FromSeconds(seconds - 5));
        Assert.Equal(known, known.Intersect(await Ids(node)));
        office.Thread.Clock.Jump(-TwoYears);

        Outlook(2).Adds(new EventDraft("Afterwards", office.Start.AddDays(4), office.Start.AddDays(4).AddHours(1)));
        await Book(node, "Booked afterwards", office.Start.AddDays(5));
        await office.Thread.Delay(2 * Poll);
        Assert.Equal(known, known.Intersect(await Ids(node)));
        await IsRight(node, copies: 3, external: [3, 4, 4, 3]);
        Assert.Equal(undo, await Removals(node));
        for (var i = 0; i < Staff; i++)
        {
            var link = await node.Link(i);
            Assert.InRange(link.NextSyncAt!.Value, office.Thread.Now.AddSeconds(-1), office.Thread.Now.AddMinutes(10));
            Assert.InRange(link.LastSyncedAt!.Value, office.Thread.Now - (2 * Poll), office.Thread.Now);
        }

        // When the clock has been right for a day, the window is what it should be, and what is over is what it was.
        await office.Thread.Delay(TimeSpan.FromHours(25));
        await IsRight(node, copies: 3, external: [2, 3, 3, 2], slidOut: 1);
        var settled = await node.Link(0);
        Assert.Equal(
            (new DateOnly(2026, 7, 7), office.Start.Date.AddMonths(12).AddDays(1).AddHours(-2)),
            (settled.WindowReadOn, settled.WindowEnd!.Value.UtcDateTime));
    });

    [Fact]
    public void A_day_back_both_sides_are_right_within_two_intervals_and_so_are_appointments_that_were_under_way() =>
        office.Thread.Run(async () =>
    {
        await using var node = await Prepared();
        var known = await Ids(node);
        // A create is sent, and its answer is lost: it is looked for when its time is over, by the clock as it is then.
        office.Exchange.Conduct = call => call.Operation == "CreateItem" && call.Mailbox == VirtualExchange.AddressOf(0)
            ? new Conduct(
                TimeSpan.FromMilliseconds(50),
                new ExchangeSimulator.Faults.Fault.AbortAfterEffect()) : new Conduct(TimeSpan.FromMilliseconds(50));
        await Book(node, "Lost answer", office.Start.AddDays(1));
        await office.Thread.Delay(TimeSpan.FromSeconds(2));
        office.Exchange.Conduct = _ => new Conduct(TimeSpan.FromMilliseconds(50));
        office.Thread.Clock.Jump(TimeSpan.FromDays(-1));
        Outlook(1).Adds(new EventDraft("Afterwards", office.Start.AddDays(2), office.Start.AddDays(2).AddHours(1)));
        await Book(node, "Booked afterwards", office.Start.AddDays(3));
        await office.Thread.Delay(2 * Poll);
        await IsRight(node, copies: null, external: [3, 4, 3, 3]);
        Assert.Equal(known, known.Intersect(await Ids(node)));
        await office.Thread.Delay(TimeSpan.FromMinutes(4));
        await IsRight(node, copies: 3, external: [3, 4, 3, 3]);
    });

    [Fact]
    public void An_admins_own_pause_holds_as_given_whatever_the_clock_does() => office.Thread.Run(async () =>
    {
        await using var node = await Prepared();
        var integration = (await node.Send(new ListIntegrations()))[0].Id;
        await node.Send(new PauseIntegration(integration, "maintenance", office.Thread.Now.AddHours(2)));
        office.Thread.Clock.Jump(TwoYears);
        await office.Thread.Delay(TimeSpan.FromSeconds(15));
        await node.Send(new ResumeDueIntegrations());
        Assert.Equal(IntegrationStatus.Paused, (await node.Send(new GetIntegration(integration))).Value.Status);
        office.Thread.Clock.Jump(-TwoYears);
        await office.Thread.Delay(TimeSpan.FromMinutes(110));
        await node.Send(new ResumeDueIntegrations());
        Assert.Equal(IntegrationStatus.Paused, (await node.Send(new GetIntegration(integration))).Value.Status);
        await office.Thread.Delay(TimeSpan.FromMinutes(10));
        await node.Send(new ResumeDueIntegrations());
        Assert.Equal(IntegrationStatus.Active, (await node.Send(new GetIntegration(integration))).Value.Status);
    });

    [Fact]
    public void An_erasure_takes_nothing_for_over_or_given_up_while_the_clock_is_ahead() => office.Thread.Run(async () =>
    {
        await using var node = await Prepared();
        var waits = await Booked(node, "Was yesterday", office.Start.AddHours(-20), new Client("Client Example", null, null));
        var toCome = await Booked(node, "Is to come", office.Start.AddDays(2), new Client("Another Example", null, null));
        var erasure = (await node.Send(new EraseAppointments([waits], CancelFuture: false))).Value.Id;
        Assert.False((await node.Send(new MoveAppointment(waits, office.Start.AddDays(3), office.Start.AddDays(3)
            .AddHours(1), null, null))).IsRefused);

        office.Thread.Clock.Jump(TwoYears);
        await office.Thread.Delay(TimeSpan.FromSeconds(15));
        await node.Send(new ContinueErasures());
        Assert.Equal("is-still-to-come", Assert.Single((await node.Send(new GetErasure(erasure))).Value.WaitsFor).Code);
        Assert.NotNull((await node.Get<IAppointmentRepository>().Find(waits, default))!.Client);
        Assert.IsType<AppointmentsAreStillToCome>((await node.Send(new EraseAppointments([toCome], CancelFuture: false))).Refusal);
        var leaving = await node.Send(new EraseStaffMember(VirtualNode.Staff(0), CancelFuture: false));
        Assert.IsType<AppointmentsAreStillToCome>(leaving.Refusal);
        office.Thread.Clock.Jump(-TwoYears);

        await node.Send(new ContinueErasures());
        Assert.Equal("is-still-to-come", Assert.Single((await node.Send(new GetErasure(erasure))).Value.WaitsFor).Code);
    });

    [Fact]
    public void A_calendar_that_is_switched_on_again_while_the_clock_is_ahead_gets_what_is_to_come() => office.Thread.Run(async () =>
    {
        await using var node = await Prepared();
        await node.Send(new EnableStaffLink(VirtualNode.Staff(0), Enabled: false, CopiesDecision.Remove));
        await office.Thread.Delay(2 * Poll);
        Assert.DoesNotContain(office.Exchange.Mailbox(0).Calendar, e => e.Fields.Subject == "Booked before");
        office.Thread.Clock.Jump(TwoYears);
        await office.Thread.Delay(TimeSpan.FromSeconds(15));
        await node.Send(new EnableStaffLink(VirtualNode.Staff(0), Enabled: true, null));
        office.Thread.Clock.Jump(-TwoYears);
        await office.Thread.Delay(2 * Poll);
        Assert.Single(office.Exchange.Mailbox(0).Calendar, e => e.Fields.Subject == "Booked before");
    });

    [Fact]
    public void While_the_clock_is_ahead_lists_offer_what_can_be_restored_and_name_what_is_still_to_come() => office.Thread.Run(async () =>
    {
        await using var node = await Prepared();
        var booked = await Booked(node, "Is to come", office.Start.AddDays(2), new Client("Client Example", null, null));
        var integration = (await node.Send(new ListIntegrations()))[0].Id;
        office.Thread.Clock.Jump(TwoYears);
        await office.Thread.Delay(TimeSpan.FromSeconds(15));
        var removal = Assert.Single((await node.Send(new ListRemovals(VirtualNode.Staff(3)))).Value.Removals);
        Assert.True(removal.Restorable);
        Assert.Equal(removal, Assert.Single((await node.Send(new ListRemovalsOfIntegration(integration))).Value).Removal);
        Assert.False((await node.Send(new RestoreRemoval(VirtualNode.Staff(3), removal.Id, EvenIfBusy: false))).IsRefused);
        var found = Assert.Single((await node.Send(new FindClientAppointments("Client Example", null, null))).Appointments);
        Assert.Equal((booked, true), (found.Id, found.IsStillToCome));
    });

    /// <summary>
    /// Each calendar has an event of yesterday, one of today and one in ten months, and a copy; one removal can be undone.
    /// </summary>
    private async Task<VirtualNode> Prepared()
    {
        for (var i = 0; i < Staff; i++)
        {
            foreach (var (title, begins) in new[] { ("Yesterday", office.Start.AddHours(-20)), ("Today", office.Start.AddHours(4)),
                ("In ten months", office.Start.AddMonths(10)) })
                Outlook(i).Adds(new EventDraft(title, begins, begins.AddHours(1)));
        }

        var gone = Outlook(3).Adds(new EventDraft("To be removed", office.Start.AddDays(1), office.Start.AddDays(1).AddHours(1)));
        var node = await office.Run();
        await Book(node, "Booked before", office.Start.AddDays(1).AddHours(3));
        await office.Thread.Delay(2 * Poll);
        Outlook(3).HardDeletes(gone);
        await office.Thread.Delay(11 * Poll);
        return node;
    }

    private async Task IsRight(VirtualNode node, int? copies, int[] external, int slidOut = 0)
    {
        for (var i = 0; i < Staff; i++)
        {
            var rows = await node.Get<ISyncedEventRepository>().OfLink((await node.Link(i)).Id, default);
            var seen = office.Exchange.Mailbox(i).Calendar.Select(e => e.Fields.Subject).ToList();
            Assert.Equal(external[i], rows.Count(r => r.Kind is EventKind.External));
            Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
            if (copies is null) continue;
            Assert.Equal(copies, rows.Count(r => r is { Kind: EventKind.Copy, PushState: PushState.Confirmed or PushState.Written }));
            Assert.Equal(copies + external[i] + slidOut, seen.Count);
        }
    }

    private static async Task<IReadOnlyList<Guid>> Ids(VirtualNode node)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < Staff; i++) ids.AddRange(
            (await node.Get<ISyncedEventRepository>().OfLink((await node.Link(i)).Id, default)).Select(e => e.Id).Order());
        return ids;
    }

    private static async Task<IReadOnlyList<Guid>> Removals(VirtualNode node) =>
        [.. (await node.Send(new ListRemovals(VirtualNode.Staff(3)))).Value.Removals.Select(r => r.Id)];

    private Person Outlook(int mailbox) => office.Exchange.Mailbox(mailbox).Person;

    private static async Task<Guid> Booked(VirtualNode node, string title, DateTimeOffset at, Client client) =>
        (await node.Send(new BookAppointment(
        title, at, at.AddHours(1), "Europe/Berlin", null, null, client, [VirtualNode.Staff(0)], null))).Value;

    private async Task Book(VirtualNode node, string title, DateTimeOffset at) => Assert.False((await node.Send(new BookAppointment(
        title, at, at.AddHours(1), "Europe/Berlin", null, null, null, office.Staff, null))).IsRefused);
}

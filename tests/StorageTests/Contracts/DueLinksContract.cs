using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>Which links and pushes are due.</summary>
public abstract class DueLinksContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Due_links_come_most_overdue_first_and_never_too_many()
    {
        var overdue = await NewLink("overdue", l => l with { NextSyncAt = Now.AddHours(-1) });
        await NewLink("later", l => l with { NextSyncAt = Now.AddMicroseconds(1) });
        await NewLink("never", l => l with { NextSyncAt = null });
        Assert.Equal([overdue.Id, Db.Link.Id], (await Db.Links.Due(Now, Ct)).Select(d => d.LinkId));
    }

    [Fact]
    public async Task A_disabled_link_an_inactive_integration_and_a_held_lease_are_not_due()
    {
        var draft = Sample.Integration().In(IntegrationStatus.CredentialRefused);
        await Db.Integrations.Save(draft, Ct);
        var stopped = await NewLink("stopped", l => l with { IntegrationId = draft.Id });
        var disabled = await NewLink("disabled", l => l with { Enabled = false });
        var held = await NewLink("held", l => l);
        foreach (var link in new[] { stopped, disabled, held, Db.Link }) await Pending(link, Now);
        await Db.Leases.TryTake(held.Id, "node", TimeSpan.FromMinutes(1), Ct);
        Assert.Equal([Db.Link.Id], (await Db.Links.Due(Now, Ct)).Select(d => d.LinkId));
        Assert.Equal([Db.Link.Id], await Pushes(Now));
        Assert.Contains(held.Id, (await Db.Links.Due(Now.AddMinutes(1), Ct)).Select(d => d.LinkId));
        Assert.Contains(held.Id, await Pushes(Now.AddMinutes(1)));
    }

    [Fact]
    public async Task Links_with_due_pushes_come_once_each_most_overdue_first()
    {
        var second = await NewLink("second", l => l);
        await Pending(Db.Link, Now.AddMinutes(-1));
        await Pending(second, Now);
        await Pending(second, Now.AddMinutes(-2));
        await Pending(await NewLink("future", l => l), Now.AddMicroseconds(1));
        Assert.Equal([second.Id, Db.Link.Id], await Pushes(Now));
    }

    [Fact]
    public async Task A_link_that_waits_after_a_failure_is_swept_when_its_next_try_is_due()
    {
        var failing = await NewLink("failing", l => l with { Failures = 1, NextSyncAt = Now.AddHours(1) });
        var well = await NewLink("well", l => l with { Failures = 0, NextSyncAt = Now.AddHours(1) });
        var leaving = await NewLink("leaving", l => l with { Failures = 3, NextSyncAt = null, Enabled = false, RemovesCopies = true });
        foreach (var link in new[] { failing, well, leaving }) await Pending(link, Now);
        Assert.Equal(new[] { well.Id, leaving.Id }.Order(), (await Pushes(Now)).Order());
        Assert.Contains(failing.Id, await Pushes(Now.AddHours(1)));
    }

    [Fact]
    public async Task Due_pushes_of_a_link_are_copies_and_strays_most_overdue_first()
    {
        var copy = await Pending(Db.Link, Now);
        var stray =
            await Db.Kept(Sample.External(Db.Link.Id, "stray") with
            {
                Kind = EventKind.Stray,
                PushState = PushState.Withdrawing,
                NextPushAt = Now.AddMinutes(-1)
            });
        await Pending(Db.Link, Now.AddMicroseconds(1));
        await Pending(await NewLink("other", l => l), Now);
        Assert.Equal([stray.Id, copy.Id], (await Db.Events.DuePushes(Db.Link.Id, Now, 10, Ct)).Select(e => e.Id));
        Assert.Equal([stray.Id], (await Db.Events.DuePushes(Db.Link.Id, Now, 1, Ct)).Select(e => e.Id));
    }

    private Task<StaffCalendarLink> NewLink(string staffId, Func<StaffCalendarLink, StaffCalendarLink> with) =>
        Db.Linked(with(Sample.Link(Db.Integration.Id, staffId)));

    private async Task<SyncedEvent> Pending(StaffCalendarLink link, DateTimeOffset due)
    {
        var appointment = await Db.Booked(Sample.Appointment(link.StaffId));
        return await Db.Kept(Sample.Copy(link.Id, appointment.Id) with { NextPushAt = due });
    }

    [Fact]
    public async Task The_integration_of_each_link_is_known_and_that_of_a_link_that_is_gone_is_left_out()
    {
        var known = await Db.Links.IntegrationsOf([Db.Link.Id, Guid.CreateVersion7()], Ct);
        Assert.Equal((Db.Link.Id, Db.Integration.Id), known.Select(k => (k.Key, k.Value)).Single());
    }

    private async Task<IEnumerable<Guid>> Pushes(DateTimeOffset now) => (await Db.Links.WithDuePushes(now, Ct)).Select(d => d.LinkId);
}

using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IDisconnections"/> promises. Bert is of another integration.</summary>
public abstract class DisconnectionContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private ExchangeIntegration office = null!;
    private StaffCalendarLink bert = null!;

    private Disconnections Books => new(Db.Store, Db.Titles);

    private Guid Id => Db.Integration.Id;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        office = await Db.Integrated(Sample.Integration());
        bert = await Db.Linked(Sample.Link(office.Id, "bert"));
    }

    [Fact]
    public async Task The_report_has_the_name_and_the_instant_of_the_last_time_that_it_was_asked_for()
    {
        await Books.Begin(Id, "Contoso", Now, Ct);
        await Books.Begin(Id, "Renamed", Now.AddMicroseconds(7), Ct);
        await Leave(Db.Integration);
        Assert.True(await Books.Erase(Id, leaves: false, Now.AddMicroseconds(9), Ct));
        var report = await Report();
        Assert.Equal(("Renamed", Now.AddMicroseconds(7), Now.AddMicroseconds(9)), (report.DisplayName, report.AskedAt, report.FinishedAt));
        Assert.True((await new GetDisconnectionHandler(Db.Store).Handle(new GetDisconnection(office.Id), Ct)).IsRefused);
    }

    [Fact]
    public async Task Its_links_and_those_that_left_items_in_its_calendars_are_named_once_each()
    {
        Assert.Equal([Db.Link.Id], await Books.Links(Id, Ct));
        var carl = await Db.Linked(Sample.Link(Id, "carl"));
        await Waiting(Sample.CleanUp(Db.Link.Id, Id));
        foreach (var item in new[] { "a", "b" }) await Waiting(Sample.CleanUp(bert.Id, Id, item));
        Assert.Equal(new[] { Db.Link.Id, carl.Id, bert.Id }.Order(), (await Books.Links(Id, Ct)).Order());
        Assert.Equal([bert.Id], await Books.Links(office.Id, Ct));
        Assert.Empty(await Books.Links(Guid.CreateVersion7(), Ct));
    }

    [Fact]
    public async Task While_anything_waits_nothing_is_deleted()
    {
        await Leave(Db.Integration);
        var meeting = await Db.Kept(Sample.External(Db.Link.Id, "meeting"));
        await Stays();
        Assert.True(await Db.Commit(new ChangeSet { Remove = [meeting] }));
        foreach (var (link, integration) in new[] { (Db.Link, Db.Integration), (Db.Link, office), (bert, Db.Integration) })
        {
            var item = await Waiting(Sample.CleanUp(link.Id, integration.Id, itemId: null));
            await Stays();
            Assert.True(await Db.Commit(new ChangeSet { ForgetFormer = [item] }));
        }

        await Waiting(Sample.CleanUp(bert.Id, office.Id)); // what others have among themselves
        Assert.True(await Books.Erase(Id, leaves: false, Now, Ct));
        Assert.False(await Books.Erase(Id, leaves: false, Now, Ct));
    }

    [Fact]
    public async Task One_that_is_not_being_disconnected_is_not_deleted_whatever_is_left_behind()
    {
        await Books.Begin(Id, "Contoso", Now, Ct);
        foreach (var leaves in new[] { true, false })
        {
            Assert.False(await Books.Erase(Id, leaves, Now, Ct));
            Assert.False(await Books.Erase(Guid.CreateVersion7(), leaves, Now, Ct));
        }

        Assert.Equal(Db.Link, await Db.Links.Find(Db.Link.Id, Ct));
    }

    [Fact]
    public async Task What_has_or_may_have_an_item_is_listed_as_left_behind()
    {
        await Books.Begin(Id, "Contoso", Now, Ct);
        await Leave(Db.Integration);
        var appointment = Guid.CreateVersion7();
        await Waiting(Sample.CleanUp(Db.Link.Id, Id) with { AppointmentId = appointment });
        await Waiting(Sample.CleanUp(bert.Id, Id, itemId: null) with { Attempt = Guid.CreateVersion7(), StartsAt = null });
        await Waiting(Sample.CleanUp(Db.Link.Id, office.Id) with { StartsAt = Now.AddDays(1) });
        await Waiting(Sample.CleanUp(Db.Link.Id, Id, itemId: null)); // there is nothing to leave
        var stays = await Waiting(Sample.CleanUp(bert.Id, office.Id));

        Assert.True(await Books.Erase(Id, leaves: true, Now, Ct));
        var left = (await Report()).LeftBehind;
        Assert.All(left, l => Assert.Equal(("former@contoso.example", "not-cleaned-up"), (l.MailboxAddress, l.Code)));
        Assert.Equal(
            new[] { (default(Guid?), default(DateTimeOffset?)), (appointment, Now.AddMicroseconds(7)), (null, Now.AddDays(1)) }.ToHashSet(),
            left.Select(l => (l.AppointmentId, l.Start)).ToHashSet());
        Assert.Equal(3, left.Count);
        Assert.Equal([stays], await new CleanUpItems(Db.Store).Due(bert.Id, DateTimeOffset.MaxValue, Ct));
    }

    [Fact]
    public async Task Everything_of_it_goes_and_another_integration_keeps_its_own()
    {
        await Leave(Db.Integration);
        foreach (var integration in new[] { Db.Integration, office })
        {
            await new Rechecks(Db.Store).Ask(integration.Id, RecheckScope.All, Now, Ct);
            await Db.Store.Execute(
                """
                insert into exchange_pauses (integration_id, mailbox, not_before, strikes, reason, trial) values (@Id, '', @Now, 1, 'r', 0);
                insert into exchange_traffic (integration_id, proven_version, proven_at) values (@Id, 1, @Now);
                insert into logon_rescues (id, integration_id, credential_version, refused_at, not_before) values (@Id, @Id, 1, @Now, @Now);
                """,
                new { integration.Id, Now },
                Ct);
        }

        Assert.True(await Books.Erase(Id, leaves: false, Now, Ct));
        Assert.Null(await Db.Integrations.Find(Id, Ct));
        Assert.Null(await Db.Links.Find(Db.Link.Id, Ct));
        Assert.Equal([office.Id], (await Db.Integrations.All(Ct)).Select(i => i.Id));
        Assert.NotNull(await Db.Links.Find(bert.Id, Ct));
        await using var connection = await Db.Store.Read(Ct);
        Assert.Equal(
            Enumerable.Repeat(office.Id, 4),
            await connection.QueryAsync<Guid>(
                """
                select integration_id from rechecks union all select integration_id from exchange_pauses
                union all select integration_id from exchange_traffic union all select integration_id from logon_rescues
                """));
    }

    [Fact]
    public async Task It_is_finished_when_the_bytes_are_gone_and_not_before()
    {
        await Books.Purge(Ct);
        await Books.Begin(Id, "Contoso", Now, Ct);
        await Leave(Db.Integration);
        Assert.Equal((DisconnectionState.Removing, null), await State());
        Assert.True(await Books.Erase(Id, leaves: false, Now.AddMicroseconds(7), Ct));
        Assert.Equal((DisconnectionState.Removing, Now.AddMicroseconds(7)), await State());
        for (var times = 0; times < 2; times++)
        {
            await Books.Purge(Ct);
            Assert.Equal((DisconnectionState.Finished, Now.AddMicroseconds(7)), await State());
        }
    }

    private async Task Leave(ExchangeIntegration integration) =>
        Assert.False((await Db.Integrations.Save(integration.Leaving(Now), Ct)).IsRefused);

    private async Task<CleanUpItem> Waiting(CleanUpItem item)
    {
        Assert.True(await Db.Commit(new ChangeSet { Former = [item] }));
        return item with { Version = 1 };
    }

    private async Task Stays()
    {
        Assert.False(await Books.Erase(Id, leaves: false, Now, Ct));
        Assert.NotNull(await Db.Integrations.Find(Id, Ct));
        Assert.Equal(Db.Link, await Db.Links.Find(Db.Link.Id, Ct));
    }

    private async Task<DisconnectionView> Report() =>
        (await new GetDisconnectionHandler(Db.Store).Handle(new GetDisconnection(Id), Ct)).Value;

    private async Task<(DisconnectionState State, DateTimeOffset? FinishedAt)> State()
    {
        var report = await Report();
        return (report.State, report.FinishedAt);
    }
}

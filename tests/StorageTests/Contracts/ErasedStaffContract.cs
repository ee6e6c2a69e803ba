using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What an erasure takes of a staff member.</summary>
public abstract class ErasedStaffContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private Infrastructure.Persistence.Erasing.Erasures erasures = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        erasures = new Infrastructure.Persistence.Erasing.Erasures(Db.Store, Db.DeletedBytes);
    }

    [Fact]
    public async Task A_link_goes_with_its_lease_only_when_it_is_off_and_nothing_of_it_waits()
    {
        var erasure = new Erasure { Id = Guid.CreateVersion7(), StaffId = "anna", AskedAt = Now };
        await erasures.Begin(erasure, [], Ct);
        var lease = (await Db.Leases.TryTake(Db.Link.Id, "node", TimeSpan.FromMinutes(5), Ct))!;
        Assert.False(await erasures.EraseStaff(erasure, null, leaves: true, Now, Ct)); // it has a link
        Assert.False(await erasures.EraseStaff(erasure, lease, leaves: true, Now, Ct)); // which is switched on
        Assert.True(await Db.Commit(new ChangeSet { Links = [Db.Link.Leaving()] }));
        var left = await Db.Kept(Sample.External(Db.Link.Id, "left"));
        Assert.False(await erasures.EraseStaff(erasure, lease, leaves: true, Now, Ct)); // and has an event
        Assert.True(await Db.Commit(new ChangeSet { Remove = [left] }));
        Assert.False(await erasures.EraseStaff(erasure, lease with { Token = 99 }, leaves: true, Now, Ct));
        Assert.NotNull(await Db.Links.Find(Db.Link.Id, Ct));
        Assert.True(await erasures.EraseStaff(erasure, lease, leaves: false, Now, Ct));
        Assert.Null(await Db.Links.Find(Db.Link.Id, Ct));
        Assert.NotNull((await erasures.Find(erasure.Id, Ct))!.StaffErasedAt);
    }

    [Fact]
    public async Task Names_go_from_the_reports_of_disconnections_and_others_names_stay()
    {
        await Db.Store.Execute("""
            insert into disconnected_staff (integration_id, link_id, staff_id, staff_name, mailbox_address, exchange_events, items)
            values (@id, @first, 'gone', 'Gone Person', 'gone@contoso.example', 1, 1), (@id, @second, 'stays', 'Other Person', 'other@contoso.example', 1, 1);
            insert into leftovers (id, integration_id, link_id, mailbox_address, code, reason, happened_at)
            values (@first, @id, @first, 'gone@contoso.example', 'c', 'gone@contoso.example has no mailbox', @now), (@second, @id, @second, 'other@contoso.example', 'c', 'r', @now);
            """, new { id = Guid.CreateVersion7(), first = Guid.CreateVersion7(Now), second = Guid.CreateVersion7(Now.AddHours(1)), now = Now }, Ct);
        var erasure = new Erasure { Id = Guid.CreateVersion7(), StaffId = "gone", AskedAt = Now };
        await erasures.Begin(erasure, [], Ct);
        Assert.True(await erasures.EraseStaff(erasure, null, leaves: false, Now, Ct));
        using var connection = await Db.Store.Read(Ct);
        Assert.Equal(
            ["", "Other Person"], await connection.QueryAsync<string>("select staff_name from disconnected_staff order by link_id"));
        Assert.Equal(
            ["", "other@contoso.example"], await connection.QueryAsync<string>("select mailbox_address from leftovers order by id"));
        Assert.Equal(["", "r"], await connection.QueryAsync<string>("select reason from leftovers order by id"));
    }

    [Fact]
    public async Task Mailboxes_that_were_theirs_before_go_from_pauses_and_from_what_was_left_behind()
    {
        await Db.Linked(
            Sample.Link(Db.Integration.Id, "bert") with { Former = new FormerMailbox(Db.Integration.Id, "bert.old@contoso.example") });
        var erasure = new Erasure { Id = Guid.CreateVersion7(), StaffId = "anna", AskedAt = Now };
        await erasures.Begin(erasure, [], Ct);
        var lease = (await Db.Leases.TryTake(Db.Link.Id, "node", TimeSpan.FromMinutes(5), Ct))!;
        Assert.True(await Db.Commit(new ChangeSet { Links = [Db.Link.Leaving()] }));
        await Db.Store.Write(
            async t => await t.Execute(
                """
                insert into exchange_pauses (integration_id, mailbox, asked_at, not_before, strikes, reason, trial) values
                    (@id, '', @now, @now, 1, 'r', 0), (@id, 'anna@contoso.example', @now, @now, 1, 'r', 0),
                    (@id, 'anna.old@contoso.example', @now, @now, 1, 'r', 0), (@id, 'bert@contoso.example', @now, @now, 1, 'r', 0),
                    (@id, 'bert.old@contoso.example', @now, @now, 1, 'r', 0);
                insert into leftovers (id, integration_id, link_id, mailbox_address, code, reason, happened_at) values
                    (@link, @gone, @link, 'anna.old@contoso.example', 'c', 'anna.old@contoso.example has no mailbox', @now);
                """,
                new { id = Db.Integration.Id, link = Db.Link.Id, gone = Guid.CreateVersion7(), now = Now }) > 0,
            Ct);
        Assert.True(await erasures.EraseStaff(erasure, lease, leaves: false, Now, Ct));
        using var connection = await Db.Store.Read(Ct);
        Assert.Equal(
            ["", "bert.old@contoso.example", "bert@contoso.example"],
            await connection.QueryAsync<string>("select mailbox from exchange_pauses order by mailbox"));
        Assert.Equal([""], await connection.QueryAsync<string>("select mailbox_address || reason from leftovers"));
    }
}

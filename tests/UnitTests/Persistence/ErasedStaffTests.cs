using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using Xunit;
using static CleanSync.UnitTests.Persistence.TemporaryDatabase;

namespace CleanSync.UnitTests.Persistence;

public sealed class ErasedStaffTests : IAsyncLifetime
{
    private readonly TemporaryDatabase db = new();
    private Infrastructure.Persistence.Erasing.Erasures erasures = null!;

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        erasures = new Infrastructure.Persistence.Erasing.Erasures(db.Store, new DeletedBytes(db.Store));
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task A_link_goes_with_its_lease_only_when_it_is_off_and_nothing_of_it_waits()
    {
        var erasure = new Erasure { Id = Guid.CreateVersion7(), StaffId = "anna", AskedAt = Now };
        await erasures.Begin(erasure, [], Ct);
        var lease = (await db.Leases.TryTake(db.Link.Id, "node", Now, Now.AddMinutes(5), Ct))!;
        Assert.False(await erasures.EraseStaff(erasure, null, leaves: true, Now, Ct)); // it has a link
        Assert.False(await erasures.EraseStaff(erasure, lease, leaves: true, Now, Ct)); // which is switched on
        Assert.True(await db.Commit(new ChangeSet { Links = [db.Link.Leaving()] }));
        var left = await db.Kept(Sample.External(db.Link.Id, "left"));
        Assert.False(await erasures.EraseStaff(erasure, lease, leaves: true, Now, Ct)); // and has an event
        Assert.True(await db.Commit(new ChangeSet { Remove = [left] }));
        Assert.False(await erasures.EraseStaff(erasure, lease with { Token = 99 }, leaves: true, Now, Ct));
        Assert.NotNull(await db.Links.Find(db.Link.Id, Ct));
        Assert.True(await erasures.EraseStaff(erasure, lease, leaves: false, Now, Ct));
        Assert.Null(await db.Links.Find(db.Link.Id, Ct));
        Assert.NotNull((await erasures.Find(erasure.Id, Ct))!.StaffErasedAt);
    }

    [Fact]
    public async Task Names_go_from_the_reports_of_disconnections_and_others_names_stay()
    {
        await db.Store.Exclusively(c => c.Execute("""
            insert into disconnected_staff (integration_id, link_id, staff_id, staff_name, mailbox_address, exchange_events, items)
            values ('I', 'L1', 'gone', 'Gone Person', 'gone@contoso.example', 1, 1), ('I', 'L2', 'stays', 'Other Person', 'other@contoso.example', 1, 1);
            insert into leftovers (id, integration_id, link_id, mailbox_address, code, reason, happened_at)
            values ('B1', 'I', 'L1', 'gone@contoso.example', 'c', 'gone@contoso.example has no mailbox', ''), ('B2', 'I', 'L2', 'other@contoso.example', 'c', 'r', '');
            """), Ct);
        var erasure = new Erasure { Id = Guid.CreateVersion7(), StaffId = "gone", AskedAt = Now };
        await erasures.Begin(erasure, [], Ct);
        Assert.True(await erasures.EraseStaff(erasure, null, leaves: false, Now, Ct));
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(
            ["", "Other Person"], await connection.QueryAsync<string>("select staff_name from disconnected_staff order by link_id"));
        Assert.Equal(
            ["", "other@contoso.example"], await connection.QueryAsync<string>("select mailbox_address from leftovers order by id"));
        Assert.Equal(["", "r"], await connection.QueryAsync<string>("select reason from leftovers order by id"));
    }

    [Fact]
    public async Task Mailboxes_that_were_theirs_before_go_from_pauses_and_from_what_was_left_behind()
    {
        await db.Linked(
            Sample.Link(db.Integration.Id, "bert") with { Former = new FormerMailbox(db.Integration.Id, "bert.old@contoso.example") });
        var erasure = new Erasure { Id = Guid.CreateVersion7(), StaffId = "anna", AskedAt = Now };
        await erasures.Begin(erasure, [], Ct);
        var lease = (await db.Leases.TryTake(db.Link.Id, "node", Now, Now.AddMinutes(5), Ct))!;
        Assert.True(await db.Commit(new ChangeSet { Links = [db.Link.Leaving()] }));
        await db.Store.Write(
            async t => await t.Execute(
                """
                insert into exchange_pauses (integration_id, mailbox, asked_at, not_before, strikes, reason, trial) values
                    (@id, '', @now, @now, 1, 'r', 0), (@id, 'anna@contoso.example', @now, @now, 1, 'r', 0),
                    (@id, 'anna.old@contoso.example', @now, @now, 1, 'r', 0), (@id, 'bert@contoso.example', @now, @now, 1, 'r', 0),
                    (@id, 'bert.old@contoso.example', @now, @now, 1, 'r', 0);
                insert into leftovers (id, integration_id, link_id, mailbox_address, code, reason, happened_at) values
                    ('B1', 'disconnected', @link, 'anna.old@contoso.example', 'c', 'anna.old@contoso.example has no mailbox', '');
                """,
                new { id = db.Integration.Id, link = db.Link.Id, now = Now }) > 0,
            Ct);
        Assert.True(await erasures.EraseStaff(erasure, lease, leaves: false, Now, Ct));
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(
            ["", "bert.old@contoso.example", "bert@contoso.example"],
            await connection.QueryAsync<string>("select mailbox from exchange_pauses order by mailbox"));
        Assert.Equal([""], await connection.QueryAsync<string>("select mailbox_address || reason from leftovers"));
    }
}

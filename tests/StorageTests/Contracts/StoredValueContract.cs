using System.Data.Common;
using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Storing;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What is stored is the same on every database, and so is what is asked for.</summary>
public abstract class StoredValueContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateTimeOffset Fine = new(Now.AddHours(3).Ticks + 1234567, TimeSpan.Zero);
    private static readonly DateTimeOffset Cut = new(Now.AddHours(3).Ticks + 1234560, TimeSpan.Zero);

    [Fact]
    public async Task A_character_of_no_width_and_half_a_pair_are_in_no_text()
    {
        var booked = await Db.Booked(Sample.Appointment("anna") with { Title = "Hair\0cut \ud83d\ude00 \ud83d", Notes = "\0" });
        Assert.Equal(("Haircut \ud83d\ude00 \ufffd", ""), (booked.Title, booked.Notes));
        Assert.True(await Db.Commit(new ChangeSet { Idempotency = new IdempotencyRecord("ke\0y", "mark", booked.Id, Now) }));
        Assert.NotNull(await Db.Records.Find("key", Ct));
        Assert.NotNull(await Db.Records.Find("\0key", Ct));
        Assert.Equal([Db.Link.Id], (await Db.Links.OfStaff(["an\0na"], Ct)).Select(l => l.Id));
    }

    [Fact]
    public async Task An_instant_is_cut_to_microseconds_on_its_way_in_and_in_a_question()
    {
        var kept = await Db.Kept(Sample.External(Db.Link.Id, "item") with { OriginalStart = Fine });
        Assert.Equal(Cut, kept.OriginalStart);
        Assert.True(await Db.Commit(new ChangeSet { Idempotency = new IdempotencyRecord("key", "mark", kept.Id, Fine) }));
        Assert.Equal(Cut, (await Db.Records.Find("key", Ct))!.At);
        await using var connection = await Db.Store.Read(Ct);
        const string sql = "select count(*) from synced_events where original_start = @at";
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>(sql, new { at = Fine }));
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>(sql, new { at = Fine.ToOffset(TimeSpan.FromHours(2)) }));
    }

    [Fact]
    public async Task Addresses_are_the_same_whatever_the_case_of_their_ascii_letters_and_no_others()
    {
        var link = await Db.Linked(Sample.Link(Db.Integration.Id, "j") with { MailboxAddress = "J\u00dcrgen@Contoso.example" });
        Assert.Equal([link.Id], (await Db.Links.ToMailbox("j\u00dcRGEN@contoso.EXAMPLE", Ct)).Select(l => l.Id));
        Assert.Empty(await Db.Links.ToMailbox("j\u00fcrgen@contoso.example", Ct));
        var twin = Sample.Link(Db.Integration.Id, "twin") with { MailboxAddress = "j\u00dcrgen@CONTOSO.example" };
        Assert.False(await Db.Commit(new ChangeSet { Links = [twin], OnlyLinkToItsMailbox = twin }));
    }

    [Fact]
    public async Task What_reads_can_change_nothing()
    {
        await using var connection = await Db.Store.Read(Ct);
        await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteAsync("delete from nodes"));
        await using var snapshot = await Db.Store.ReadSnapshot(Ct);
        await Assert.ThrowsAnyAsync<DbException>(
            () => snapshot.Connection.ExecuteAsync("delete from nodes", transaction: snapshot.Transaction));
    }

    [Fact]
    public async Task A_list_of_no_keys_finds_nothing()
    {
        Assert.Empty(await Db.Links.OfStaff([], Ct));
        await using var connection = await Db.Store.Read(Ct);
        Assert.Empty(await connection.QueryAsync<string>(
            "select staff_id from staff_calendar_links where staff_id in @keys",
            new { keys = new Infrastructure.Persistence.KeyList<string>([]) }));
    }
}

using System.Text;
using CleanSync.Application.AuditLog;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>Names of staff stand beside the audit log, where an erasure blanks them.</summary>
public sealed class AuditNameTests : IAsyncLifetime
{
    private readonly TemporarySqlite db = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => db.InitializeAsync();

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task Blanking_a_staff_member_takes_their_names_and_mailboxes_out_of_every_entry_and_the_file_and_leaves_the_rest()
    {
        var log = new AuditRecords(db.Store);
        await log.Append(Entry("PutStaffLink", new(0, "carla", "Carla Curie"), new(1, "carla", "Carla@contoso.example")), Ct);
        await log.Append(Entry("PutStaffLink", new(0, "bert", "Bert Bohr"), new(1, "bert", "bert@contoso.example")), Ct);
        await log.Append(Entry("DiagnoseConnection", new(0, null, "carla@CONTOSO.example"), new(1, null, "somebody@contoso.example")), Ct);
        var byHerself = Entry("PauseIntegration", new AuditName(0, "carla", "Carla Curie")) with
        {
            Actor = new AuditActor(AuditActorKind.Token, "user-7", "Carla Curie", null) { StaffId = "carla" },
            ActorNamePlace = 0,
        };
        await log.Append(byHerself, Ct);
        Assert.Equal("Carla Curie", Assert.Single((await Page("Carla Curie")).Entries).Actor.Name);

        await log.Blank("carla", Ct);
        var entries = (await Page(null)).Entries;
        Assert.Equal(
            ["(erased),(erased)", "(erased),somebody@contoso.example", "Bert Bohr,bert@contoso.example", "(erased),(erased)"],
            entries.Select(e => $"{e.Before!["a"]},{e.Before["b"]}"));
        Assert.Equal("(erased)", entries[0].Actor.Name);
        Assert.Equal("user-7", entries[0].Actor.Id);
        Assert.Empty((await Page("Carla Curie")).Entries);

        await db.Store.Exclusively(connection => connection.Execute("pragma wal_checkpoint(truncate)"), Ct);
        var file = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(db.Options.Path, Ct));
        Assert.DoesNotContain("Curie", file, StringComparison.Ordinal);
        Assert.DoesNotContain("carla@", file, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Bohr", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mailboxes_that_were_theirs_before_are_blanked_too()
    {
        var former = new FormerMailbox(db.Integration.Id, "fred.old@contoso.example");
        var link = await db.Linked(Sample.Link(db.Integration.Id, "fred") with { Former = former });
        var copy = new CleanUpItem
        {
            Id = Guid.CreateVersion7(),
            LinkId = link.Id,
            EventId = null,
            Mailbox = former with { Address = "fred.older@contoso.example" },
            CalendarId = "calendar",
            Since = TemporaryDatabase.Now,
            NextTryAt = TemporaryDatabase.Now,
        };
        Assert.True(await db.Commit(new ChangeSet { Former = [copy] }));
        var log = new AuditRecords(db.Store);
        await log.Append(
            Entry("DiagnoseConnection", new(0, null, "Fred.Old@contoso.example"), new(1, null, "fred.older@contoso.example")), Ct);
        await log.Blank("fred", Ct);
        var entry = (await Page(null)).Entries[0];
        Assert.Equal("(erased),(erased)", $"{entry.Before!["a"]},{entry.Before["b"]}");
    }

    private Task<AuditLogPage> Page(string? actor) =>
        new ListAuditEntriesHandler(db.Store).Handle(new ListAuditEntries(null, null, actor, null, null, 200), Ct);

    private static AuditEntry Entry(string action, params AuditName[] names) => new(
        Guid.CreateVersion7(), null, TemporaryDatabase.Now
            .AddSeconds(Interlocked.Increment(ref written)),
            new AuditActor(AuditActorKind.System, "test", "test", null),
            action,
            "thing/1",
            null,
        """{"a":{"$name":0},"b":{"$name":1}}""", null, null)
    { Names = names };

    private static int written;
}

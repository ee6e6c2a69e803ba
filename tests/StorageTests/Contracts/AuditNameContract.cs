using CleanSync.Application.AuditLog;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>
/// What <see cref="IAuditNames"/> promises: names of staff stand beside the audit log, where an erasure blanks them.
/// </summary>
public abstract class AuditNameContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private int written;

    private protected AuditRecords Log => new(Db.Store);

    [Fact]
    public async Task Blanking_a_staff_member_takes_their_names_and_mailboxes_out_of_every_entry_and_leaves_the_rest()
    {
        await Named("PutStaffLink", new(0, "carla", "Carla Curie"), new(1, "carla", "Carla@contoso.example"));
        await Named("PutStaffLink", new(0, "bert", "Bert Bohr"), new(1, "bert", "bert@contoso.example"));
        await Named("DiagnoseConnection", new(0, null, "carla@CONTOSO.example"), new(1, null, "somebody@contoso.example"));
        var byHerself = Entry("PauseIntegration", new AuditName(0, "carla", "Carla Curie")) with
        {
            Actor = new AuditActor(AuditActorKind.Token, "user-7", "Carla Curie", null) { StaffId = "carla" },
            ActorNamePlace = 0,
        };
        await Log.Append(byHerself, Ct);
        Assert.Equal("Carla Curie", Assert.Single((await Page("Carla Curie")).Entries).Actor.Name);

        for (var times = 0; times < 2; times++)
        {
            await Log.Blank("carla", Ct);
            var entries = (await Page()).Entries;
            Assert.Equal(
                ["(erased),(erased)", "(erased),somebody@contoso.example", "Bert Bohr,bert@contoso.example", "(erased),(erased)"],
                entries.Select(Names));
            Assert.Equal("(erased)", entries[0].Actor.Name);
            Assert.Equal("user-7", entries[0].Actor.Id);
            Assert.Empty((await Page("Carla Curie")).Entries);
        }
    }

    [Fact]
    public async Task Mailboxes_that_were_theirs_before_are_blanked_too()
    {
        var former = new FormerMailbox(Db.Integration.Id, "fred.old@contoso.example");
        var link = await Db.Linked(Sample.Link(Db.Integration.Id, "fred") with { Former = former });
        var copy = Sample.CleanUp(link.Id, Db.Integration.Id) with { Mailbox = former with { Address = "fred.older@contoso.example" } };
        Assert.True(await Db.Commit(new ChangeSet { Former = [copy] }));
        await Named("DiagnoseConnection", new(0, null, "Fred.Old@contoso.example"), new(1, null, "fred.older@contoso.example"));
        await Log.Blank("fred", Ct);
        Assert.Equal("(erased),(erased)", Names((await Page()).Entries[0]));
    }

    [Fact]
    public async Task A_mailbox_that_only_the_link_tells_is_blanked_and_what_is_said_to_be_another_persons_is_not()
    {
        await Named("DiagnoseConnection", new(0, null, "ANNA@contoso.example"), new(1, "bert", "anna@contoso.example"));
        await Log.Blank("ANNA", Ct); // nobody has that id
        Assert.Equal("ANNA@contoso.example,anna@contoso.example", Names((await Page()).Entries[0]));
        await Log.Blank("anna", Ct);
        Assert.Equal("(erased),anna@contoso.example", Names((await Page()).Entries[0]));
    }

    private protected static string Names(AuditEntryView entry) => $"{entry.Before!["a"]},{entry.Before["b"]}";

    private protected Task<AuditLogPage> Page(string? actor = null) =>
        new ListAuditEntriesHandler(Db.Store).Handle(new ListAuditEntries(null, null, actor, null, null, 200), Ct);

    private protected Task Named(string action, params AuditName[] names) => Log.Append(Entry(action, names), Ct);

    private AuditEntry Entry(string action, params AuditName[] names) => new(
        Guid.CreateVersion7(),
        null,
        Now.AddSeconds(++written),
        new AuditActor(AuditActorKind.System, "test", "test", null),
        action,
        "thing/1",
        null,
        """{"a":{"$name":0},"b":{"$name":1}}""",
        null,
        null)
    {
        Names = names,
    };
}

using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Rules;

/// <summary>In which group of the user accounts list a link is.</summary>
public abstract class AccountGroupRule<TDatabase> : RuleContract<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly bool[] Both = [true, false];

    [Fact]
    public async Task Every_link_is_stored_in_the_group_that_it_says_and_questions_over_groups_find_who_they_mean()
    {
        var office = Sample.Integration();
        Assert.False((await Db.Integrations.Save(office, Ct)).IsRefused);
        var links = Links(office.Id).ToList();
        Assert.True(await Db.Commit(new ChangeSet { Links = links }));

        var groups = await Groups(office.Id);
        Assert.All(links, link => Assert.Equal((int)AccountStates.Own(link), groups[link.Id].AccountGroup));
        var counted = (await new GetManualSyncingHandler(Db.Store).Handle(new GetManualSyncing(office.Id), Ct)).Value;
        Assert.Equal((links.Count(l => l.Enabled), links.Count(l => !l.Enabled)), (counted.SwitchedOn, counted.SwitchedOff));

        await new Rechecks(Db.Store).Ask(office.Id, RecheckScope.Failed, Now, Ct);
        Assert.Equal(
            Ids(links.Where(l => AccountStates.Own(l) is AccountState.Error or AccountState.Warning)), await Asked(office.Id, Now));
        var later = Now.AddMinutes(1);
        await new Rechecks(Db.Store).Ask(office.Id, RecheckScope.All, later, Ct);
        Assert.Equal(Ids(links.Where(l => l.Enabled)), await Asked(office.Id, later));
    }

    private static List<Guid> Ids(IEnumerable<StaffCalendarLink> links) => [.. links.Select(l => l.Id).Order()];

    private IEnumerable<StaffCalendarLink> Links(Guid office) =>
        from enabled in Both
        from state in Enum.GetValues<LinkState>()
        from hasMailbox in Both
        let link = NewLink(office)
        select link with
        {
            Enabled = enabled,
            Health = new LinkHealth(state),
            MailboxAddress = hasMailbox ? link.MailboxAddress : null,
            RecheckAskedAt = null,
        };

    private async Task<List<Guid>> Asked(Guid office, DateTimeOffset at) =>
        [.. (await Groups(office)).Where(g => g.Value.RecheckAskedAt == at).Select(g => g.Key).Order()];

    private async Task<Dictionary<Guid, Row>> Groups(Guid office)
    {
        const string sql = "select id, account_group, recheck_asked_at from staff_calendar_links where integration_id = @office";
        await using var connection = await Db.Store.Read(Ct);
        return (await connection.QueryAsync<Row>(sql, new { office })).ToDictionary(r => r.Id);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public int AccountGroup { get; init; }
        public DateTimeOffset? RecheckAskedAt { get; init; }
    }
}

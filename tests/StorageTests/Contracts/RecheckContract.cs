using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.StorageTests.Databases;
using CleanSync.StorageTests.Rules;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IRechecks"/> promises; who is in which group is in <see cref="AccountGroupRule{TDatabase}"/>.</summary>
public abstract class RecheckContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateTimeOffset At = Now.AddMicroseconds(7);

    [Theory]
    [InlineData(RecheckScope.Failed, false)]
    [InlineData(RecheckScope.All, true)]
    public async Task Who_is_meant_is_due_at_once_and_everybody_else_stays_as_they_were(RecheckScope which, bool syncingToo)
    {
        var office = await Db.Integrated(Sample.Integration());
        var warned = await Db.Linked(
            Sample.Link(Db.Integration.Id, "warned") with { Health = new LinkHealth(LinkState.Warning, new Reason("p", "p")) });
        var syncing = await Db.Linked(Sample.Link(Db.Integration.Id, "syncing") with { Health = LinkHealth.Syncing });
        var off = await Db.Linked(Sample.Link(Db.Integration.Id, "off") with { Enabled = false });
        var elsewhere = await Db.Linked(Sample.Link(office.Id, "elsewhere"));
        await Ask(Db.Integration, which, At);
        foreach (var link in new[] { Db.Link, warned }) Assert.Equal(Asked(link), await Db.Links.Find(link.Id, Ct));
        Assert.Equal(syncingToo ? Asked(syncing) : syncing, await Db.Links.Find(syncing.Id, Ct));
        foreach (var link in new[] { off, elsewhere }) Assert.Equal(link, await Db.Links.Find(link.Id, Ct));
        Assert.Equal((which, At, syncingToo ? 3 : 2), await Latest(Db.Integration));
        Assert.Equal((null, null, 0), await Latest(office));
    }

    [Fact]
    public async Task A_pass_that_was_under_way_is_stale()
    {
        await Ask(Db.Integration, RecheckScope.All, At);
        Assert.False(await Db.Commit(new ChangeSet { Links = [Db.Link with { RecheckAskedAt = null }] }));
        Assert.Equal(At, (await Db.Links.Find(Db.Link.Id, Ct))!.RecheckAskedAt);
    }

    [Fact]
    public async Task A_check_that_was_asked_for_before_is_replaced_also_where_it_means_fewer()
    {
        await Db.Linked(Sample.Link(Db.Integration.Id, "syncing") with { Health = LinkHealth.Syncing });
        await Ask(Db.Integration, RecheckScope.All, Now);
        await Ask(Db.Integration, RecheckScope.Failed, At);
        Assert.Equal((RecheckScope.Failed, At, 1), await Latest(Db.Integration));
        Assert.Equal(At, (await Db.Links.Find(Db.Link.Id, Ct))!.RecheckAskedAt);
    }

    [Fact]
    public async Task Where_nobody_is_linked_it_is_asked_for_of_nobody_and_of_an_integration_that_is_gone_nothing_is_kept()
    {
        var office = await Db.Integrated(Sample.Integration());
        await Ask(office, RecheckScope.All, At);
        Assert.Equal((RecheckScope.All, At, 0), await Latest(office));
        await Ask(Sample.Integration(), RecheckScope.All, At);
        Assert.Equal(Db.Link, await Db.Links.Find(Db.Link.Id, Ct));
    }

    private static StaffCalendarLink Asked(StaffCalendarLink link) => link.RecheckAsked(At) with { Version = link.Version + 1 };

    private Task Ask(ExchangeIntegration integration, RecheckScope which, DateTimeOffset at) =>
        new Rechecks(Db.Store).Ask(integration.Id, which, at, Ct);

    private async Task<(RecheckScope? Which, DateTimeOffset? AskedAt, int Total)> Latest(ExchangeIntegration integration)
    {
        var view = (await new GetRecheckHandler(Db.Store).Handle(new GetRecheck(integration.Id), Ct)).Value;
        return (view.Which, view.AskedAt, view.Total);
    }
}

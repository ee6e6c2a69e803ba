using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>The user accounts list.</summary>
public abstract class UserAccountsListContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private protected static readonly Reason Why = new("p", "r");
    private static readonly NotificationBoard Board = new(new FakeCalendarQueue());
    private int made;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_of_any_size_together_are_the_whole_list_once_and_in_order()
    {
        var other = await OtherIntegration(IntegrationStatus.Active);
        LinkHealth[] healths = [LinkHealth.Syncing, new(LinkState.Warning, Why), new(LinkState.Error, Why), LinkHealth.Waiting];
        for (var i = 0; i < 40; i++) await Staff(
            $"Person {i * 7 % 20}", healths[i % 4], i % 3 == 0 ? other : Db.Integration.Id, enabled: i % 5 != 0);
        var whole = (await List(new(Limit: 200))).Links.Select(l => l.StaffId).ToList();
        Assert.Equal(41, whole.Distinct().Count());
        foreach (var size in new[] { 1, 3, 7, 40, 41 }) Assert.Equal(whole, (await Walk(new(Limit: size))).Select(l => l.StaffId));
    }

    [Fact]
    public async Task Who_comes_or_is_renamed_between_two_pages_shifts_nobody()
    {
        foreach (var name in new[] { "Bea", "Dora", "Frieda", "Hanna" }) await Staff(name, LinkHealth.Syncing);
        var first = await List(new(State: AccountState.Syncing, Limit: 2));
        await Staff("Alma", LinkHealth.Syncing);
        await Staff("Gerda", LinkHealth.Syncing);
        var bea = (await Db.Links.FindByStaff(first.Links[0].StaffId, Ct))!;
        await Db.Commit(new ChangeSet { Links = [bea with { StaffName = "Zoe" }] });
        var rest = await List(new(State: AccountState.Syncing, Cursor: first.NextCursor, Limit: 10));
        Assert.Equal(["Frieda", "Gerda", "Hanna", "Zoe"], rest.Links.Select(l => l.StaffName));
        Assert.Null(rest.NextCursor);
    }

    [Theory]
    [InlineData("öz", "Özil")]
    [InlineData("ÖZ", "Özil")]
    [InlineData("oz", "Özil")]
    [InlineData("strasse", "Jörg Straße")]
    [InlineData("STRASSE jorg", "Jörg Straße")]
    [InlineData("łukasz", "Lukasz Nowak")]
    [InlineData("dvorak", "Antonín Dvořák")]
    [InlineData("dvořák", "Antonín Dvořák")]
    [InlineData("маша", "МАША")]
    public async Task A_search_finds_a_name_whatever_its_case_and_accents(string search, string name)
    {
        foreach (var one in new[] { "Özil", "Jörg Straße", "Lukasz Nowak", "Antonín Dvořák", "МАША", "100% 'Peter_'" })
        {
            await Staff(one, LinkHealth.Syncing);
        }
        Assert.Equal([name], (await List(new(Search: search))).Links.Select(l => l.StaffName));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'")]
    [InlineData("100% '")]
    public async Task A_search_has_no_wildcards(string search)
    {
        foreach (var one in new[] { "Bea", "100% 'Peter_'" }) await Staff(one, LinkHealth.Syncing);
        Assert.Equal(["100% 'Peter_'"], (await List(new(Search: search))).Links.Select(l => l.StaffName));
    }

    [Fact]
    public async Task Names_are_in_order_of_their_letters_without_case_and_accents()
    {
        foreach (var one in new[] { "zoe", "Österreich", "Otto", "anton", "Ändi" }) await Staff(one, LinkHealth.Syncing);
        Assert.Equal(
            ["Ändi", "anton", "Österreich", "Otto", "zoe"], (await List(new(State: AccountState.Syncing))).Links.Select(l => l.StaffName));
    }

    [Fact]
    public async Task Counts_obey_search_and_integration_but_not_the_state_that_is_shown()
    {
        var other = await OtherIntegration(IntegrationStatus.Active);
        await Staff("Bea", LinkHealth.Syncing);
        await Staff("Beate", new LinkHealth(LinkState.Warning, new Reason("p", "r")));
        await Staff("Bernd", LinkHealth.Syncing, other);
        await Staff("Beppo", LinkHealth.Syncing, enabled: false);
        var list = await List(new(Db.Integration.Id, AccountState.Warning, "be"));
        Assert.Equal((1, 1, 0, 1), (list.Syncing, list.Warning, list.Error, list.Off));
        Assert.Equal(["Beate"], list.Links.Select(l => l.StaffName));
        Assert.Equal(3, (await List(new(null, null, "be"))).Links.Count(l => l.Enabled));
    }

    [Fact]
    public async Task Each_integration_is_a_version_column_and_each_row_shows_the_version_of_its_own()
    {
        var other = await OtherIntegration(IntegrationStatus.Active);
        await Staff("Bea", LinkHealth.Syncing, other);
        var list = await List(new());
        Assert.Equal(["Contoso", "Fabrikam"], list.VersionColumns.Select(c => c.Title));
        Assert.Equal(
            [("Name of anna", Db.Integration.Id, "Exchange 2013 SP1"), ("Bea", other, "Exchange 2010 SP2")],
            list.Links.Select(l => (l.StaffName, l.IntegrationId, l.ExchangeVersion)));
    }

    [Theory]
    [InlineData(IntegrationStatus.Draft, AccountState.Warning)]
    [InlineData(IntegrationStatus.CredentialRefused, AccountState.Error)]
    [InlineData(IntegrationStatus.PasswordUnreadable, AccountState.Error)]
    public async Task Nobody_syncs_through_an_integration_that_does_not_run_and_the_row_says_why(IntegrationStatus status,
        AccountState shown)
    {
        var other = await OtherIntegration(status);
        await Staff("Bea", LinkHealth.Syncing, other);
        await Staff("Carl", new LinkHealth(LinkState.Error, new Reason("own", "its own trouble")), other);
        await Staff("Dora", LinkHealth.Syncing, other, enabled: false);
        var list = await List(new(other));
        Assert.Equal(
            (0, shown is AccountState.Warning ? 1 : 0, shown is AccountState.Error ? 2 : 1, 1),
            (list.Syncing, list.Warning, list.Error, list.Off));
        Assert.Equal(shown, Row("Bea").State);
        Assert.Contains(
            status is IntegrationStatus.Draft ? "Authorize it first" : "why it stopped", Row("Bea").Reason, StringComparison.Ordinal);
        Assert.Equal((AccountState.Error, "its own trouble"), Row("Carl"));
        Assert.Equal(AccountState.Off, Row("Dora").State);

        (AccountState State, string? Reason) Row(string name) =>
            list.Links.Where(l => l.StaffName == name).Select(l => (l.State, l.Reason)).Single();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("!!")]
    public void A_cursor_that_is_none_of_ours_is_refused(string cursor) =>
        Assert.Equal(
            "cursor", Assert.Single(new ListStaffLinks.Validator().Validate(new ListStaffLinks(Cursor: cursor)).Errors).PropertyName);

    private async Task<Guid> OtherIntegration(IntegrationStatus status)
    {
        var other =
            Sample.Integration().In(status, "why it stopped") with
            {
                DisplayName = "Fabrikam",
                ExchangeVersion = ExchangeVersion.Exchange2010SP2,
            };
        await Db.Integrations.Save(other, Ct);
        return other.Id;
    }

    private Task<StaffCalendarLink> Staff(string name, LinkHealth health, Guid? integration = null, bool enabled = true) =>
        Db.Linked(
            Sample.Link(integration ?? Db.Integration.Id, $"s{made++:000}") with { StaffName = name, Health = health, Enabled = enabled });

    private async Task<List<StaffAccount>> Walk(ListStaffLinks query)
    {
        var all = new List<StaffAccount>();
        for (var cursor = query.Cursor; ;)
        {
            var page = await List(query with { Cursor = cursor });
            Assert.True(page.Links.Count <= query.Limit);
            all.AddRange(page.Links);
            if ((cursor = page.NextCursor) is null) return all;
        }
    }

    private protected Task<StaffLinkList> List(ListStaffLinks query) =>
        new ListStaffLinksHandler(Db.Store, Board, Db.Time).Handle(query, Ct);
}

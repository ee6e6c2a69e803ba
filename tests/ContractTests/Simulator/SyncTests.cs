using System.Xml.Linq;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

public sealed class SyncTests
{
    [Theory]
    [InlineData(ExchangeVersion.Exchange2016, true)]
    [InlineData(ExchangeVersion.Exchange2010_SP2, true)]
    [InlineData(ExchangeVersion.Exchange2010_SP1, false)]
    [InlineData(ExchangeVersion.Exchange2007_SP1, false)]
    public async Task A_first_pass_walks_everything_in_pages_newest_first_since_2010_SP2(ExchangeVersion server, bool newestFirst)
    {
        await using var exchange = await Start(
            new SimulatorOptions { SupportedVersions = Enum.GetValues<ExchangeVersion>().Where(v => v <= server).ToHashSet() });
        var ids = Enumerable.Range(0, 7).Select(i => Add(exchange, $"Event {i}")).ToList();
        var (pages, state) = await Walk(exchange, server);
        Assert.All(pages.SelectMany(p => p), c => Assert.Equal("Create", c.Name.LocalName));
        Assert.Equal([3, 3, 1], pages.Select(p => p.Count));
        Assert.Equal(newestFirst ? Enumerable.Reverse(ids) : ids, pages.SelectMany(p => p).Select(Id));
        Assert.Empty((await exchange.Ask(Ask.Sync(state), version: $"{server}")).Single().Element(M + "Changes")!.Elements());
    }

    [Theory]
    [InlineData(false, "Create Delete")]
    [InlineData(true, "Delete Create")]
    public async Task What_moved_away_and_back_leaves_before_it_comes_only_where_changes_are_told_oldest_first(bool oldestFirst,
        string kinds)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.TellsOldestFirst = oldestFirst;
        var item = Add(exchange, "A");
        var state = await Drained(exchange);
        exchange.Mailbox.Person.MovesToFolder(exchange.Mailbox.Person.MovesToFolder(item, "Other Calendar"), "calendar");
        var (pages, _) = await Walk(exchange, ExchangeVersion.Exchange2016, state, 1);
        Assert.Equal(kinds, string.Join(' ', pages.Select(p => p.Single().Name.LocalName)));
    }

    [Fact]
    public async Task Later_passes_tell_one_change_for_each_item()
    {
        await using var exchange = await Start();
        var (edited, deleted, moved) = (Add(exchange, "A"), Add(exchange, "B"), Add(exchange, "C"));
        var state = await Drained(exchange);
        exchange.Mailbox.Person.Renames(edited, "A1");
        exchange.Mailbox.Person.Renames(edited, "A2");
        exchange.Mailbox.Person.Deletes(deleted);
        exchange.Mailbox.Person.MovesToFolder(moved, "Other Calendar");
        exchange.Mailbox.Person.HardDeletes(Add(exchange, "never seen"));
        var created = Add(exchange, "D");
        var changes = (await exchange.Ask(Ask.Sync(state))).Single()
            .Element(M + "Changes")!
            .Elements()
            .ToDictionary(Id, c => c.Name.LocalName);
        Assert.Equal(
            new Dictionary<string, string>
            { [created] = "Create", [edited] = "Update", [deleted] = "Delete", [moved] = "Delete" },
            changes);
    }

    [Fact]
    public async Task An_item_changed_between_two_pages_comes_again_as_an_update()
    {
        await using var exchange = await Start();
        var (first, second) = (Add(exchange, "A"), Add(exchange, "B"));
        var page = (await exchange.Ask(Ask.Sync(null, 1))).Single();
        exchange.Mailbox.Person.Renames(second, "B1");
        var next = (await exchange.Ask(Ask.Sync(page.Element(M + "SyncState")!.Value, 1))).Single();
        Assert.Equal(
            ("false", first), (next.Element(M + "IncludesLastItemInRange")!.Value, Id(next.Element(M + "Changes")!.Elements().Single())));
        var last = (await exchange.Ask(Ask.Sync(next.Element(M + "SyncState")!.Value, 1))).Single();
        Assert.Equal(
            ("Update", second),
            (last.Element(M + "Changes")!.Elements().Single().Name.LocalName, Id(last.Element(M + "Changes")!.Elements().Single())));
    }

    [Fact]
    public async Task Own_writes_come_back()
    {
        await using var exchange = await Start();
        var state = await Drained(exchange);
        await exchange.Ask(Ask.Create("<t:Subject>Ours</t:Subject>"));
        Assert.Single((await exchange.Ask(Ask.Sync(state))).Single().Element(M + "Changes")!.Elements(T + "Create"));
    }

    [Fact]
    public async Task A_changed_occurrence_is_an_update_of_its_master()
    {
        await using var exchange = await Start();
        var start = exchange.Clock.GetUtcNow();
        var master = exchange.Mailbox.Person.AddsSeries(
            new EventDraft("Series", start, start.AddHours(1)), new ExchangeSimulator.Recurring.DailyPattern(1), 5);
        var state = await Drained(exchange);
        exchange.Mailbox.Person.DeletesOccurrence(master, start.AddDays(1));
        var change = (await exchange.Ask(Ask.Sync(state, more: Ask.Fields("calendar:CalendarItemType")))).Single()
            .Element(M + "Changes")!
            .Elements()
            .Single();
        Assert.Equal(
            ("Update", master, "RecurringMaster"),
            (change.Name.LocalName, Id(change), change.Descendants(T + "CalendarItemType").Single().Value));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("truncated")]
    [InlineData("of another folder")]
    public async Task A_state_that_is_not_this_folders_is_refused(string kind)
    {
        await using var exchange = await Start();
        var state = await Drained(exchange);
        var wrong = kind switch
        {
            "garbage" => "H4sIAAAA",
            "truncated" => state[..^8],
            _ => (await exchange.Ask(Ask.Sync(folder: """<t:DistinguishedFolderId Id="deleteditems"/>"""))).Single().Element(M + "SyncState")!.Value,
        };
        Assert.Equal("ErrorInvalidSyncStateData", Code((await exchange.Ask(Ask.Sync(wrong))).Single()));
    }

    [Fact]
    public async Task Long_texts_are_cut_in_sync_and_whole_in_get()
    {
        await using var exchange = await Start();
        var id = Add(exchange, new string('x', 300));
        var fields = Ask.Fields("item:Subject");
        Assert.Equal(255, (await exchange.Ask(Ask.Sync(more: fields))).Single().Descendants(T + "Subject").Single().Value.Length);
        Assert.Equal(300, (await exchange.Ask(Ask.GetItem(id, fields))).Single().Descendants(T + "Subject").Single().Value.Length);
    }

    [Fact]
    public async Task Five_thousand_items_take_ten_pages()
    {
        await using var exchange = await Start();
        for (var i = 0; i < 5000; i++) Add(exchange, "Event");
        var (state, pages, ids) = ((string?)null, 0, new HashSet<string>(StringComparer.Ordinal));
        for (bool last = false; !last; pages++)
        {
            var page = (await exchange.Ask(Ask.Sync(state))).Single();
            foreach (var change in page.Element(M + "Changes")!.Elements()) Assert.True(ids.Add(Id(change)));
            (state, last) = (page.Element(M + "SyncState")!.Value, page.Element(M + "IncludesLastItemInRange")!.Value == "true");
        }
        Assert.Equal((10, 5000), (pages, ids.Count));
        Assert.InRange(ids.Distinct(StringComparer.OrdinalIgnoreCase).Count(), 1, 2501);
    }

    private static string Add(Organisation exchange, string subject) =>
        exchange.Mailbox.Person.Adds(new EventDraft(subject, exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)));

    private static async Task<string> Drained(Organisation exchange) =>
        (await exchange.Ask(Ask.Sync())).Single().Element(M + "SyncState")!.Value;

    private static string Id(XElement change) => change.DescendantsAndSelf(T + "ItemId").First().Attribute("Id")!.Value;

    private static async Task<(List<List<XElement>> Pages, string? State)> Walk(
        Organisation exchange,
        ExchangeVersion server,
        string? state = null,
        int pageSize = 3)
    {
        var pages = new List<List<XElement>>();
        for (var last = false; !last;)
        {
            var page = (await exchange.Ask(Ask.Sync(state, pageSize), version: $"{server}")).Single();
            pages.Add([.. page.Element(M + "Changes")!.Elements()]);
            (state, last) = (page.Element(M + "SyncState")!.Value, page.Element(M + "IncludesLastItemInRange")!.Value == "true");
        }

        return (pages, state);
    }
}

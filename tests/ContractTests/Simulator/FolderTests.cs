using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Folders that are looked for, and one that is gone.</summary>
public sealed class FolderTests
{
    private const string ByTag = """<t:ExtendedFieldURI PropertyTag="0x3613" PropertyType="String"/>""";
    private const string ByName = """<t:FieldURI FieldURI="folder:FolderClass"/>""";

    [Theory]
    [InlineData(ByTag)]
    [InlineData(ByName)]
    public async Task A_search_for_folders_obeys_its_restriction(string path)
    {
        await using var exchange = await Start();
        Assert.Equal(["Calendar", "Other Calendar"], Names(await Find(exchange, restriction: IsEqual(path, "IPF.Appointment"))).Order());
        Assert.Empty(Names(await Find(exchange, restriction: IsEqual(path, "IPF.Nothing"))));
    }

    [Fact]
    public async Task A_search_for_folders_comes_in_pages_of_the_length_that_was_asked_for()
    {
        await using var exchange = await Start();
        var all = Names(await Find(exchange));
        List<string> paged = [];
        for (var last = false; !last;)
        {
            var page = await Find(exchange, $"""<m:IndexedPageFolderView MaxEntriesReturned="5" Offset="{paged.Count}" BasePoint="Beginning"/>""");
            var root = page.Descendants(M + "RootFolder").Single();
            Assert.InRange(Names(page).Count, 1, 5);
            paged.AddRange(Names(page));
            Assert.Equal((paged.Count, all.Count), ((int)root.Attribute("IndexedPagingOffset")!, (int)root.Attribute("TotalItemsInView")!));
            last = (bool)root.Attribute("IncludesLastItemInRange")!;
        }

        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_to_GetFolder_an_item_that_is_not_found()
    {
        await using var exchange = await Start();
        var id = (await exchange.Ask(Ask.GetFolder())).Single().Descendants(T + "FolderId").Single().Attribute("Id")!.Value;
        var gone = id[..^8] + "9999" + id[^4..];
        Assert.Equal("ErrorItemNotFound", Code((await exchange.Ask(Ask.GetFolder($"""<t:FolderId Id="{gone}"/>"""))).Single()));
        Assert.Equal("ErrorFolderNotFound", Code((await exchange.Ask(Ask.Sync(folder: $"""<t:FolderId Id="{gone}"/>"""))).Single()));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Broken_items_are_told_by_the_change_feed_or_passed_over(bool leavesOut, int told)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.LeavesBrokenOutOfChanges = leavesOut;
        var now = exchange.Clock.GetUtcNow();
        exchange.Mailbox.Person.Adds(new EventDraft("Sound", now, now.AddHours(1)));
        var broken = exchange.Mailbox.Person.Adds(new EventDraft("Broken", now, now.AddHours(1)));
        exchange.Mailbox.Corrupt(broken, new Corruption());
        Assert.Equal(told, (await exchange.Ask(Ask.Sync())).Single().Descendants(T + "Create").Count());
    }

    private static string IsEqual(string path, string value) =>
        $"""<m:Restriction><t:IsEqualTo>{path}<t:FieldURIOrConstant><t:Constant Value="{value}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>""";

    private static async Task<XElement> Find(Organisation exchange, string paging = "", string restriction = "") =>
        (await exchange.Ask(
            "<m:FindFolder Traversal=\"Deep\"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>" + paging + restriction
            + "<m:ParentFolderIds><t:DistinguishedFolderId Id=\"root\"/></m:ParentFolderIds></m:FindFolder>")).Single();

    private static List<string> Names(XElement message) => [.. message.Descendants(T + "DisplayName").Select(n => n.Value)];
}

using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Folders that are made and deleted.</summary>
public sealed class FolderChangeTests
{
    private const string Top = """<t:DistinguishedFolderId Id="msgfolderroot"/>""";
    private const string OneFolder = "<t:Folder><t:DisplayName>A</t:DisplayName></t:Folder>";

    private const string TopOfAlice = $"""
        <t:DistinguishedFolderId Id="msgfolderroot">
        <t:Mailbox><t:EmailAddress>{Alice}</t:EmailAddress></t:Mailbox>
        </t:DistinguishedFolderId>
        """;

    [Theory]
    [InlineData("<t:CalendarFolder><t:DisplayName>Rooms</t:DisplayName></t:CalendarFolder>")]
    [InlineData("<t:Folder><t:FolderClass>IPF.Appointment</t:FolderClass><t:DisplayName>Rooms</t:DisplayName></t:Folder>")]
    public async Task A_calendar_folder_is_made_and_takes_items(string folder)
    {
        await using var exchange = await Start();
        var made = (await exchange.Ask(Create(folder))).Single().Descendants(T + "CalendarFolder").Single();
        var id = Path(made);
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>", id))).Single()));
        Assert.Equal("A", Assert.Single(exchange.Mailbox.ItemsIn("Rooms")).Fields.Subject);
        Assert.Equal("ErrorFolderExists", Code((await exchange.Ask(Create(folder))).Single()));
    }

    [Theory]
    [InlineData("HardDelete", 0)]
    [InlineData("SoftDelete", 1)]
    public async Task A_deleted_folder_is_gone_and_its_items_with_it_or_recoverable(string type, int recoverable)
    {
        await using var exchange = await Start();
        var id = await Rooms(exchange);
        await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>", id));
        await exchange.Ask(Create("<t:Folder><t:DisplayName>Inside</t:DisplayName></t:Folder>", id));
        Assert.Equal("NoError", Code((await exchange.Ask(Delete(id, type))).Single()));
        Assert.Equal("ErrorItemNotFound", Code((await exchange.Ask(Ask.GetFolder(id))).Single()));
        Assert.Equal("ErrorFolderNotFound", Code((await exchange.Ask(Delete(id, type))).Single()));
        Assert.Equal(recoverable, exchange.Mailbox.ItemsIn("recoverableitemsdeletions").Count);
        Assert.DoesNotContain("Inside", await Names(exchange, Top, "Deep"));
    }

    [Fact]
    public async Task A_folder_that_goes_to_Deleted_Items_lies_there_whole()
    {
        await using var exchange = await Start();
        for (var i = 0; i < 2; i++)
        {
            var id = await Rooms(exchange);
            await exchange.Ask(Ask.Create($"<t:Subject>{i}</t:Subject>", id));
            Assert.Equal("NoError", Code((await exchange.Ask(Delete(id, "MoveToDeletedItems"))).Single()));
            Assert.Equal("1", (await exchange.Ask(Ask.GetFolder(id))).Single().Descendants(T + "TotalCount").Single().Value);
        }

        Assert.Equal(["Rooms", "Rooms1"], await Names(exchange, Ask.DeletedItems, "Shallow"));
        Assert.DoesNotContain("Rooms", await Names(exchange, Top, "Shallow"));
    }

    [Fact]
    public async Task A_distinguished_folder_cannot_be_deleted()
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorDeleteDistinguishedFolder", Code((await exchange.Ask(Delete(Ask.Calendar, "HardDelete"))).Single()));
    }

    [Fact]
    public async Task A_delegate_makes_and_deletes_no_folders()
    {
        await using var exchange = await Start();
        foreach (var folder in new[] { "msgfolderroot", "Other Calendar" })
            exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Editor, folder);
        var other = Path((await exchange.Ask(Find(Ask.Calendar, "Shallow"))).Single().Descendants(T + "CalendarFolder").Single());
        foreach (var request in new[] { Create(OneFolder, TopOfAlice), Delete(other, "HardDelete") })
            Assert.Equal("ErrorAccessDenied", Code((await exchange.Ask(request, impersonated: null)).Single()));
        Assert.Equal(["Other Calendar"], await Names(exchange, Ask.Calendar, "Shallow"));
    }

    [Fact]
    public async Task The_zone_of_a_mailbox_stands_in_its_options()
    {
        await using var exchange = await Start();
        static string Options(string name) =>
            $"""
            <m:GetUserConfiguration>
            <m:UserConfigurationName Name="{name}"><t:DistinguishedFolderId Id="root"/></m:UserConfigurationName>
            <m:UserConfigurationProperties>All</m:UserConfigurationProperties>
            </m:GetUserConfiguration>
            """;
        var entry = (await exchange.Ask(Options("OWA.UserOptions"))).Single().Descendants(T + "DictionaryEntry").Single();
        Assert.Equal(["timezone", "W. Europe Standard Time"], entry.Descendants(T + "Value").Select(v => v.Value));
        Assert.Equal("ErrorItemNotFound", Code((await exchange.Ask(Options("OWA.Other"))).Single()));
    }

    private static async Task<string> Rooms(Organisation exchange) =>
        Path((await exchange.Ask(Create("<t:CalendarFolder><t:DisplayName>Rooms</t:DisplayName></t:CalendarFolder>")))
            .Single().Descendants(T + "CalendarFolder").Single());

    private static string Path(XElement folder) => $"""<t:FolderId Id="{folder.Element(T + "FolderId")!.Attribute("Id")!.Value}"/>""";

    private static string Create(string folder, string parent = Top) =>
        $"<m:CreateFolder><m:ParentFolderId>{parent}</m:ParentFolderId><m:Folders>{folder}</m:Folders></m:CreateFolder>";

    private static string Delete(string folder, string type) =>
        $"<m:DeleteFolder DeleteType=\"{type}\"><m:FolderIds>{folder}</m:FolderIds></m:DeleteFolder>";

    private static string Find(string parent, string traversal) =>
        $"<m:FindFolder Traversal=\"{traversal}\"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>"
        + $"<m:ParentFolderIds>{parent}</m:ParentFolderIds></m:FindFolder>";

    private static async Task<List<string>> Names(Organisation exchange, string parent, string traversal) =>
        [.. (await exchange.Ask(Find(parent, traversal))).Single().Descendants(T + "DisplayName").Select(n => n.Value)];
}

using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Folder rights under delegate access: each permission level, for one's own items and for others'.</summary>
public sealed class RightsTests
{
    private const string Denied = "ErrorAccessDenied", NotThere = "ErrorItemNotFound", Done = "NoError";

    /// <summary>Level, then: sees the folder, reads, creates; edits and deletes what is its own; edits and deletes what is not.</summary>
    public static TheoryData<FolderLevel, bool, bool, bool, string, string, string, string> Levels => new()
    {
        { FolderLevel.None, false, false, false, NotThere, NotThere, NotThere, NotThere },
        { FolderLevel.FreeBusyTimeOnly, true, false, false, NotThere, NotThere, NotThere, NotThere },
        { FolderLevel.FreeBusyTimeAndSubjectAndLocation, true, false, false, NotThere, NotThere, NotThere, NotThere },
        { FolderLevel.Contributor, true, false, true, NotThere, NotThere, NotThere, NotThere },
        { FolderLevel.Reviewer, true, true, false, Denied, Denied, Denied, Denied },
        { FolderLevel.NoneditingAuthor, true, true, true, Denied, Done, Denied, Denied },
        { FolderLevel.Author, true, true, true, Done, Done, Denied, Denied },
        { FolderLevel.PublishingAuthor, true, true, true, Done, Done, Denied, Denied },
        { FolderLevel.Editor, true, true, true, Done, Done, Done, Done },
        { FolderLevel.PublishingEditor, true, true, true, Done, Done, Done, Done },
        { FolderLevel.Owner, true, true, true, Done, Done, Done, Done },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Each_permission_level_allows_what_it_says_and_no_more(
        FolderLevel level,
        bool sees,
        bool reads,
        bool creates,
        string editsOwn,
        string deletesOwn,
        string editsOthers,
        string deletesOthers)
    {
        await using var exchange = await Start();
        var (own, others) = await OwnAndOthers(exchange);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, level);
        Assert.Equal(sees ? Done : Denied, await Outcome(exchange, Ask.GetFolder(Ask.CalendarOfAlice)));
        Assert.Equal(reads ? Done : Denied, await Outcome(exchange, Ask.Sync(folder: Ask.CalendarOfAlice)));
        Assert.Equal(
            reads ? Done : Denied,
            await Outcome(
                exchange,
                Ask.View("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
                    .Replace(Ask.Calendar, Ask.CalendarOfAlice, StringComparison.Ordinal)));
        Assert.Equal(reads ? Done : NotThere, await Outcome(exchange, Ask.GetItem(others)));
        Assert.Equal(creates ? Done : Denied, await Outcome(exchange, Ask.Create("<t:Subject>New</t:Subject>", Ask.CalendarOfAlice)));
        Assert.Equal((editsOwn, editsOthers), (await Edit(exchange, own), await Edit(exchange, others)));
        Assert.Equal(
            (deletesOwn, deletesOthers),
            (await Outcome(exchange, Ask.Delete(own, "SoftDelete")), await Outcome(exchange, Ask.Delete(others, "SoftDelete"))));
    }

    [Theory]
    [InlineData(FolderLevel.Reviewer, "false", "true", "false")]
    [InlineData(FolderLevel.Contributor, "true", "false", "false")]
    [InlineData(FolderLevel.Author, "true", "true", "false")]
    [InlineData(FolderLevel.Owner, "true", "true", "true")]
    public async Task The_effective_rights_of_the_folder_say_so_too(FolderLevel level, string creates, string reads, string owns)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, level);
        var rights = (await exchange.Ask(Ask.GetFolder(Ask.CalendarOfAlice), impersonated: null)).Single()
            .Descendants(T + "EffectiveRights")
            .Single();
        Assert.Equal(
            (creates, reads, owns),
            (rights.Element(T + "CreateContents")!.Value, rights.Element(T + "Read")!.Value, rights.Element(T + "Modify")!.Value));
    }

    [Theory]
    [InlineData(FolderLevel.Author, "true", "false")]
    [InlineData(FolderLevel.NoneditingAuthor, "false", "false")]
    [InlineData(FolderLevel.Editor, "true", "true")]
    public async Task The_effective_rights_of_an_item_tell_ones_own_from_others(FolderLevel level, string own, string others)
    {
        await using var exchange = await Start();
        var items = await OwnAndOthers(exchange);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, level);
        async Task<string> MayEdit(string id) =>
            (await exchange.Ask(Ask.GetItem(id, Ask.Fields("item:EffectiveRights")), impersonated: null)).Single()
                .Descendants(T + "Modify")
                .Single().Value;
        Assert.Equal((own, others), (await MayEdit(items.Own), await MayEdit(items.Others)));
    }

    [Fact]
    public async Task Who_impersonates_the_owner_needs_no_rights()
    {
        await using var exchange = await Start();
        var (_, others) = await OwnAndOthers(exchange);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.None);
        Assert.Equal(Done, Code((await exchange.Ask(Ask.Delete(others))).Single()));
    }

    [Fact]
    public async Task A_delegate_may_not_ask_for_MoveToDeletedItems_whatever_its_rights_and_moves_the_item_itself()
    {
        await using var exchange = await Start();
        var (own, _) = await OwnAndOthers(exchange);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Owner);
        Assert.Equal("ErrorCannotDeleteObject", await Outcome(exchange, Ask.Delete(own)));
        Assert.Equal(Denied, await Outcome(exchange, Ask.Move(own, Ask.DeletedItemsOfAlice)));
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Contributor, "deleteditems");
        Assert.Equal("ErrorMoveCopyFailed", await Outcome(exchange, Ask.Move(own, Ask.DeletedItems)));
        Assert.Equal(Done, await Outcome(exchange, Ask.Move(own, Ask.DeletedItemsOfAlice)));
        Assert.Equal("Own", Assert.Single(exchange.Mailbox.DeletedItems).Fields.Subject);
        Assert.Empty(exchange.Exchange.Organisation.Mailbox(User).DeletedItems);
    }

    [Fact]
    public async Task A_server_can_overlook_whose_Deleted_Items_are_meant()
    {
        await using var exchange = await Start();
        var (own, _) = await OwnAndOthers(exchange);
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Contributor, "deleteditems");
        var alices = await FolderId(exchange, Ask.DeletedItemsOfAlice);
        exchange.Exchange.Organisation.GivesCallersDeletedItems = true;
        Assert.NotEqual(alices, await FolderId(exchange, Ask.DeletedItemsOfAlice));
        Assert.Equal(await FolderId(exchange, Ask.DeletedItems), await FolderId(exchange, Ask.DeletedItemsOfAlice));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Private_items_come_to_a_delegate_in_full_or_with_little_more_than_their_times(bool hides, bool impersonates)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.HidesPrivateItems = hides;
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Editor);
        var now = exchange.Clock.GetUtcNow();
        var id = exchange.Mailbox.Person.Adds(
            new EventDraft("Doctor", now, now.AddHours(1)) { Location = "Main street", Sensitivity = Sensitivity.Private });
        string[] asked = ["item:ParentFolderId", "item:Subject", "item:Sensitivity", "calendar:UID", "calendar:Start", "calendar:Location"];
        var item = (await exchange.Ask(Ask.GetItem(id, Ask.Fields(asked)), impersonated: impersonates ? Alice : null)).Single()
            .Descendants(T + "CalendarItem")
            .Single();
        string[] seen = hides && !impersonates
            ? ["ItemId", "Subject", "Sensitivity", "Start"]
            : ["ItemId", "ParentFolderId", "Subject", "Sensitivity", "UID", "Start", "Location"];
        Assert.Equal(seen, item.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(hides && !impersonates ? "Private Appointment" : "Doctor", item.Element(T + "Subject")!.Value);
    }

    private static async Task<string> FolderId(Organisation exchange, string folder) =>
        (await exchange.Ask(Ask.GetFolder(folder), impersonated: null)).Single()
            .Descendants(T + "FolderId")
            .Single()
            .Attribute("Id")!.Value;

    private static async Task<(string Own, string Others)> OwnAndOthers(Organisation exchange)
    {
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Editor);
        var own = (await exchange.Ask(Ask.Create("<t:Subject>Own</t:Subject>", Ask.CalendarOfAlice), impersonated: null)).Single();
        var now = exchange.Clock.GetUtcNow();
        return (
            own.Descendants(T + "ItemId").Single().Attribute("Id")!.Value,
            exchange.Mailbox.Person.Adds(new EventDraft("Alice's", now, now.AddHours(1))));
    }

    private static Task<string> Edit(Organisation exchange, string id) =>
        Outcome(exchange, Ask.Update(id, exchange.Mailbox.Find(id)!.ChangeKey, Ask.Set("item:Subject", "<t:Subject>Edited</t:Subject>")));

    private static async Task<string> Outcome(Organisation exchange, string body) =>
        Code((await exchange.Ask(body, impersonated: null)).Single());
}

using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Ids that change, and ids that are answered oddly.</summary>
public sealed class NewIdTests
{
    [Fact]
    public async Task An_id_can_be_answered_with_a_code_so_often()
    {
        await using var exchange = await Start();
        var id = exchange.Mailbox.Person.Adds(Event("A"));
        exchange.Mailbox.AnswersOddly(id, "ErrorInvalidIdMalformed", times: 2);
        var codes = new List<string>();
        for (var i = 0; i < 3; i++) codes.Add(Code((await exchange.Ask(Ask.GetItem(id, ""))).Single()));
        Assert.Equal(["ErrorInvalidIdMalformed", "ErrorInvalidIdMalformed", "NoError"], codes);
        Assert.Single(exchange.Mailbox.Calendar);
    }

    [Fact]
    public async Task After_a_migration_every_item_has_a_new_id_and_former_ids_are_answered_with_a_code()
    {
        await using var exchange = await Start();
        var (id, uid, folder) = (
            exchange.Mailbox.Person.Adds(Event("A")), exchange.Mailbox.Calendar.Single().Uid, exchange.Mailbox.CalendarFolderId);
        exchange.Mailbox.GivesNewIds("ErrorNonExistentMailbox", foldersToo: true);
        var now = exchange.Mailbox.Calendar.Single();
        Assert.Equal((uid, "A"), (now.Uid, now.Fields.Subject));
        Assert.NotEqual(id, now.ItemId);
        Assert.NotEqual(folder, exchange.Mailbox.CalendarFolderId);
        Assert.Equal("ErrorNonExistentMailbox", Code((await exchange.Ask(Ask.GetItem(id, ""))).Single()));
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.GetItem(now.ItemId, ""))).Single()));
    }

    [Fact]
    public async Task An_accepted_invitation_is_deleted_and_made_anew_with_its_UID()
    {
        await using var exchange = await Start();
        var id = exchange.Mailbox.Person.Adds(Event("A") with { Organizer = "boss@contoso.example" });
        var uid = exchange.Mailbox.Calendar.Single().Uid;
        var accepted = exchange.Mailbox.Person.Accepts(id);
        Assert.NotEqual(id, accepted);
        Assert.Equal((uid, "Accept"), (exchange.Mailbox.Calendar.Single().Uid, exchange.Mailbox.Calendar.Single().Fields.MyResponse));
        Assert.Equal("ErrorItemNotFound", Code((await exchange.Ask(Ask.GetItem(id, ""))).Single()));
    }

    private static EventDraft Event(string title)
    {
        var start = new DateTimeOffset(2026, 7, 6, 9, 0, 0, TimeSpan.Zero);
        return new EventDraft(title, start, start.AddHours(1));
    }
}

using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Delegates;

/// <summary>
/// What is to go leaves a calendar that is shared with the account, and lies where its owner finds it; nothing lands in the account's own
/// mailbox.
/// </summary>
public sealed class DelegateStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FolderLevel.Contributor, "deleteditems")]
    [InlineData(FolderLevel.Author, "deleteditems")]
    [InlineData(FolderLevel.None, "recoverableitemsdeletions")]
    [InlineData(FolderLevel.Reviewer, "recoverableitemsdeletions")]
    public async Task A_cancelled_appointment_leaves_Outlook_for_where_its_owner_finds_it(FolderLevel deletedItems, string folder)
    {
        await using var office = await DelegateOffice.Open(deletedItems);
        var (booked, item) = await office.Booked();
        var uid = office.Anna.Find(item)!.Uid;
        await office.Api.Cancel(booked);
        await office.Until("it has left the calendar", () => office.Anna.Calendar.Count == 0);
        Assert.Equal(uid, Assert.Single(office.Anna.ItemsIn(folder)).Uid);
        await office.Api.Sync("anna");
        await office.Until("the receipt says so", async () => await office.State(booked) == "Gone");
        Assert.Empty(await office.Calendar());
        Assert.DoesNotContain("ErrorCannotDeleteObject", office.Exchange.Exchange.Requests.Calls.SelectMany(c => c.ResponseCodes));
    }

    [Fact]
    public async Task What_was_put_into_Deleted_Items_can_be_restored_and_goes_again_because_the_appointment_is_cancelled()
    {
        await using var office = await DelegateOffice.Open(FolderLevel.Contributor);
        var (booked, _) = await office.Booked();
        await office.Api.Cancel(booked);
        await office.Until("it has left the calendar", () => office.Anna.DeletedItems.Count == 1);
        await office.Api.Sync("anna");
        office.Anna.Person.Restores(office.Anna.DeletedItems[0].ItemId);
        await office.Api.Sync("anna");
        await office.Until("it has left again", () => office.Anna.Calendar.Count == 0 && office.Anna.DeletedItems.Count == 1);
    }

    [Theory]
    [InlineData(FolderLevel.Contributor)]
    [InlineData(FolderLevel.None)]
    public async Task Of_a_series_that_Outlook_made_of_an_appointment_only_its_own_occurrence_goes(FolderLevel deletedItems)
    {
        await using var office = await DelegateOffice.Open(deletedItems, FolderLevel.Editor);
        var (booked, item) = await office.Booked();
        office.Anna.Person.TurnsIntoSeries(item, new DailyPattern(1), occurrences: 3);
        await office.Api.Sync("anna");
        await office.Api.Cancel(booked);
        await office.Until("its occurrence is gone", () => office.Anna.View(Days.Tomorrow, Days.Tomorrow.AddDays(9)).Count == 2);
        await office.Until("the receipt says so", async () => await office.State(booked) == "Gone");
    }

    [Fact]
    public async Task A_folder_that_is_not_proved_the_owners_gets_nothing()
    {
        await using var office = await DelegateOffice.Open(FolderLevel.Contributor);
        var (booked, _) = await office.Booked();
        office.Exchange.Exchange.Organisation.GivesCallersDeletedItems = true;
        await office.Api.Cancel(booked);
        await office.Until("it has left the calendar", () => office.Anna.Calendar.Count == 0);
        Assert.Single(office.Anna.ItemsIn("recoverableitemsdeletions"));
        Assert.Equal(0, office.Exchange.Exchange.Requests.Count("MoveItem"));
    }

    [Fact]
    public async Task A_move_that_Exchange_refuses_all_the_same_becomes_a_deletion_that_can_be_recovered()
    {
        await using var office = await DelegateOffice.Open(FolderLevel.Contributor);
        var (booked, _) = await office.Booked();
        office.Exchange.Exchange.Faults.Next(new Fault.Response("ErrorAccessDenied"), "MoveItem");
        await office.Api.Cancel(booked);
        await office.Until("it has left the calendar", () => office.Anna.Calendar.Count == 0);
        Assert.Single(office.Anna.ItemsIn("recoverableitemsdeletions"));
        await office.Until("the receipt says so", async () => await office.State(booked) == "Gone");
    }

    [Theory]
    [InlineData(FolderLevel.Contributor)]
    [InlineData(FolderLevel.None)]
    public async Task A_disconnection_ends_and_leaves_what_staff_made(FolderLevel deletedItems)
    {
        await using var office = await DelegateOffice.Open(deletedItems);
        office.Anna.Person.Adds(new EventDraft("Own", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)));
        var staffMade = office.Exchange.Snapshot("anna");
        await office.Booked(9);
        await office.Booked(11);
        await office.Api.Disconnect(office.Integration);
        Assert.Empty((await office.Api.Ends(office.Integration, ct)).LeftBehind());
        Assert.Equal(staffMade, office.Exchange.Snapshot("anna"));
    }

    [Fact]
    public async Task A_disconnection_whose_answer_is_lost_finds_by_its_tag_what_it_moved()
    {
        await using var office = await DelegateOffice.Open(FolderLevel.Author);
        await office.Booked();
        office.Exchange.Exchange.Faults.Next(new Fault.AbortAfterEffect(), "MoveItem");
        await office.Api.Disconnect(office.Integration);
        Assert.Empty((await office.Api.Ends(office.Integration, ct)).LeftBehind());
        Assert.Single(office.Anna.DeletedItems);
    }

    [Fact]
    public async Task A_deletion_whose_answer_is_lost_is_not_made_twice()
    {
        await using var office = await DelegateOffice.Open(FolderLevel.Contributor);
        var (booked, _) = await office.Booked();
        office.Exchange.Exchange.Faults.Next(new Fault.AbortAfterEffect(), "MoveItem");
        await office.Api.Cancel(booked);
        await office.Until("it has left the calendar", () => office.Anna.Calendar.Count == 0);
        await office.Until("the receipt says so", async () =>
        {
            await office.Api.TrySync("anna"); // it waits after what went wrong; asked, it looks at once
            return await office.State(booked) == "Gone";
        });
        Assert.Equal((0, 1), (office.Anna.Calendar.Count, office.Anna.DeletedItems.Count));
    }

    [Fact]
    public async Task A_link_that_is_deleted_takes_its_copies_along()
    {
        await using var office = await DelegateOffice.Open(FolderLevel.Contributor);
        await office.Booked();
        await office.Api.Send(HttpMethod.Delete, "staff/anna/link?copies=Remove");
        await office.Until("the copy is gone", () => office.Anna is { Calendar.Count: 0, DeletedItems.Count: 1 });
    }
}

using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Delegates;

/// <summary>
/// A delegate who may not see private items: what cannot be told from others stays, is said to stay, and blocks its time.
/// </summary>
public sealed class PrivateCopyStories : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private DelegateOffice office = null!;

    private Person Outlook => office.Anna.Person;

    public async ValueTask InitializeAsync()
    {
        office = await DelegateOffice.Open(FolderLevel.Contributor);
        office.Exchange.Exchange.Organisation.HidesPrivateItems = true;
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_cancelled_copy_that_became_private_is_said_to_stay_and_goes_once_its_owner_shows_it()
    {
        var (booked, item) = await Private();
        await office.Api.Cancel(booked);
        await office.Until(
            "the receipt says why it stays", async () => Text(await office.Receipt(booked), "exchangeCode") == "item-is-private");
        var receipt = await office.Receipt(booked);
        Assert.Equal(("Withdrawing", "push-failed"), (Text(receipt, "state"), Text(receipt["waitsFor"]!, "problem")));
        Assert.Contains("made private", Text(receipt, "reason"), StringComparison.Ordinal);
        Assert.Equal(item, Assert.Single(office.Anna.Calendar).ItemId);
        var blocks = Assert.Single(await office.Calendar());
        Assert.Equal(("ExchangeEvent", "Busy", true), (Text(blocks, "kind"), Text(blocks, "title"), blocks["isPrivate"]!.GetValue<bool>()));
        Assert.Equal(
            blocks.ToJsonString(),
            (await office.Api.Ok(HttpMethod.Get, $"staff/anna/calendar/events/{Text(blocks, "id")}")).ToJsonString());

        Outlook.MakesNormal(item);
        await office.Api.Sync("anna");
        await office.Until("it has left the calendar", () => office.Anna is { Calendar.Count: 0, DeletedItems.Count: 1 });
        await office.Until("the receipt says so", async () => await office.State(booked) == "Gone");
        Assert.Empty(await office.Calendar());
    }

    [Fact]
    public async Task It_follows_its_owner_to_another_time_before_and_after_the_cancellation()
    {
        var (booked, item) = await Private();
        Outlook.Moves(item, Days.Tomorrow.AddHours(13));
        await office.Api.Sync("anna");
        var appointment = await office.Api.Appointment(booked);
        Assert.Equal(
            (Days.Tomorrow.AddHours(13), "Booked"), (appointment["start"]!.GetValue<DateTimeOffset>(), Text(appointment, "status")));
        await office.Api.Cancel(booked);
        await office.Until(
            "the receipt says why it stays", async () => Text(await office.Receipt(booked), "exchangeCode") == "item-is-private");
        Outlook.Moves(item, Days.Tomorrow.AddHours(15));
        await office.Api.Sync("anna");
        Assert.Equal(Days.Tomorrow.AddHours(15), Assert.Single(await office.Calendar())["start"]!.GetValue<DateTimeOffset>());
        Outlook.Deletes(item);
        await office.Api.Sync("anna");
        Assert.Equal("Gone", await office.State(booked));
        Assert.Empty(await office.Calendar());
    }

    [Fact]
    public async Task What_it_says_is_not_known_and_so_no_difference()
    {
        var (booked, _) = await Private();
        Assert.Equal("Confirmed", await office.State(booked));
        await office.Api.Ok(HttpMethod.Post, $"integrations/{office.Integration}/resync");
        await office.Api.Sync("anna");
        Assert.Equal(("Confirmed", "Booked"), (await office.State(booked), Text(await office.Api.Appointment(booked), "status")));
        Assert.Single(office.Anna.Calendar);
        Assert.Single(await office.Calendar());
    }

    [Fact]
    public async Task A_delegate_who_sees_private_items_removes_it_like_any_other()
    {
        office.Exchange.Exchange.Organisation.HidesPrivateItems = false;
        var (booked, _) = await Private();
        await office.Api.Cancel(booked);
        await office.Until("it has left the calendar", () => office.Anna is { Calendar.Count: 0, DeletedItems.Count: 1 });
    }

    [Fact]
    public async Task A_disconnection_leaves_it_behind_and_says_why()
    {
        await office.Booked(11);
        await Private();
        await office.Api.Disconnect(office.Integration);
        Assert.Equal(["item-is-private"], (await office.Api.Ends(office.Integration, ct)).LeftBehind());
        Assert.Single(office.Anna.Calendar);
    }

    [Fact]
    public async Task A_link_that_is_deleted_waits_for_it_and_never_calls_it_gone()
    {
        var (_, item) = await Private();
        await office.Api.Send(HttpMethod.Delete, "staff/anna/link?copies=Remove");
        office.Exchange.Exchange.Requests.Clear();
        await office.Until("it was looked at", () => office.Exchange.Exchange.Requests.Count("GetItem") >= 1);
        Assert.Equal(1, (await office.Api.Staff("anna"))["formerCopies"]!.GetValue<int>());
        Assert.Equal(item, Assert.Single(office.Anna.Calendar).ItemId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Moved_away_and_back_it_is_no_cancellation(bool reportsMovesAsUpdates)
    {
        office.Exchange.Exchange.Organisation.ReportsMovesAsUpdates = reportsMovesAsUpdates;
        var (booked, item) = await Private();
        Outlook.MovesToFolder(Outlook.MovesToFolder(item, "Other Calendar"), "calendar");
        await office.Api.Sync("anna");
        Assert.Equal("Booked", Text(await office.Api.Appointment(booked), "status"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Moved_away_for_good_it_has_left(bool reportsMovesAsUpdates)
    {
        office.Exchange.Exchange.Organisation.ReportsMovesAsUpdates = reportsMovesAsUpdates;
        var (booked, item) = await Private();
        Outlook.Deletes(item);
        await office.Api.Sync("anna");
        Assert.Equal("CancelledInExchange", Text(await office.Api.Appointment(booked), "status"));
    }

    [Fact]
    public async Task Once_not_found_when_it_changes_a_private_event_of_their_own_stays()
    {
        var item = Outlook.Adds(new EventDraft("Dentist", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)));
        Outlook.MakesPrivate(item);
        await office.Api.Sync("anna");
        Outlook.Moves(item, Days.Tomorrow.AddHours(8));
        office.Anna.AnswersOddly(item, "ErrorItemNotFound", times: 1);
        await office.Api.Sync("anna");
        Assert.Equal(Days.Tomorrow.AddHours(8), Assert.Single(await office.Calendar())["start"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task A_series_of_their_own_that_becomes_private_keeps_its_rows_and_counts_no_removal()
    {
        var series = Outlook.AddsSeries(
            new EventDraft("Course", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)), new DailyPattern(1), occurrences: 20);
        await office.Api.Sync("anna");
        var before = Ids(await Weeks());
        Assert.Equal(20, before.Count);
        Outlook.MakesPrivate(series);
        await office.Api.Sync("anna");
        Assert.Equal(before, Ids(await Weeks()));
        Assert.All(await Weeks(), e => Assert.Equal("Busy", Text(e, "title")));
        Assert.Empty((await office.Api.Staff("anna"))["warnings"]!.AsArray());
        Outlook.MakesNormal(series);
        await office.Api.Sync("anna");
        Assert.Equal(before, Ids(await Weeks()));
    }

    /// <summary>A copy that its owner has made private, and that was read so.</summary>
    private async Task<(Guid Appointment, string Item)> Private()
    {
        var (booked, item) = await office.Booked();
        Outlook.MakesPrivate(item);
        await office.Api.Sync("anna");
        return (booked, item);
    }

    private Task<IReadOnlyList<JsonNode>> Weeks() => office.Api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddDays(25));

    private static List<string> Ids(IEnumerable<JsonNode> entries) =>
        [.. entries.Select(e => Text(e, "id")!).Order(StringComparer.Ordinal)];

    private static string? Text(JsonNode node, string field) => node[field]?.GetValue<string>();
}

using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>One odd answer decides nothing: there, not there, and not to be known by this id are three answers.</summary>
public sealed class UnknownIdStories() : SyncedOffice("anna")
{
    public static TheoryData<string> CodesThatMeanNothing =>
        ["ErrorInvalidIdMalformed", "ErrorInvalidId", "ErrorInvalidIdStoreObjectIdTooLong", "ErrorNonExistentMailbox", "ErrorItemNotFound"];

    [Theory]
    [MemberData(nameof(CodesThatMeanNothing))]
    public async Task A_copy_whose_id_means_nothing_any_more_is_adopted_under_its_new_one_and_goes_on(string code)
    {
        var booked = await Written(9, "anna");
        Exchange.Mailbox("anna").GivesNewIds(code);
        await ReadWhole("anna");
        Assert.Single(Exchange.Mailbox("anna").Calendar);
        Assert.Equal(["Haircut"], await Shown("anna"));

        await Api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), Exchange.Mailbox("anna").Calendar.Single().Fields.Start);
        await Api.Cancel(booked);
        await Eventually.Until("the item is gone", () => Exchange.Mailbox("anna").Calendar.Count == 0, Ct);
        Assert.Empty(await Warnings("anna"));
    }

    [Fact]
    public async Task A_push_to_an_id_that_means_nothing_finds_the_item_by_its_tag()
    {
        var booked = await Written(9, "anna");
        Exchange.Mailbox("anna").GivesNewIds("ErrorInvalidIdMalformed");
        await Api.Move(booked, Tomorrow.AddHours(15));
        await Settled(booked);
        Assert.Equal(Tomorrow.AddHours(15), Exchange.Mailbox("anna").Calendar.Single().Fields.Start);
    }

    [Theory]
    [InlineData("ErrorItemNotFound", 1)]
    [InlineData("ErrorItemNotFound", 2)]
    [InlineData("ErrorInvalidIdMalformed", 2)]
    [InlineData("ErrorNonExistentMailbox", 2)]
    public async Task An_event_that_is_reported_as_changed_and_not_found_when_asked_for_stays(string code, int times)
    {
        var item = Exchange.Outlook("anna").Adds(Event(9));
        await Api.Sync("anna");
        Exchange.Outlook("anna").Moves(item, Tomorrow.AddHours(11));
        Exchange.Mailbox("anna").AnswersOddly(item, code, times);
        await Api.Sync("anna");
        var shown = Assert.Single(await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)));
        Assert.Equal(Tomorrow.AddHours(11), shown["start"]!.GetValue<DateTimeOffset>());
        Assert.Empty(await Removals("anna"));
    }

    [Fact]
    public async Task A_new_event_that_is_not_found_when_asked_for_is_read_from_the_window_in_the_same_pass()
    {
        var item = Exchange.Outlook("anna").Adds(Event(9));
        Exchange.Mailbox("anna").AnswersOddly(item, "ErrorItemNotFound", times: 2);
        await Api.Sync("anna");
        Assert.Equal(["Dentist"], await Shown("anna"));
    }

    [Fact]
    public async Task A_copy_that_is_reported_as_changed_and_not_found_when_asked_for_cancels_nothing()
    {
        var booked = await Written(9, "anna");
        Exchange.Outlook("anna").Renames(ItemOf("anna"), "Mine");
        Exchange.Mailbox("anna").AnswersOddly(ItemOf("anna"), "ErrorItemNotFound", times: 2);
        await Api.Sync("anna");
        Assert.Equal("Booked", Text(await Api.Appointment(booked), "status"));
        Assert.Single(Exchange.Mailbox("anna").Calendar);
        Assert.Empty(await Warnings("anna"));
    }
}

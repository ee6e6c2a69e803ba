using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pushes;
using Xunit;
using static CleanSync.ContractTests.Ports.CalendarServer;

namespace CleanSync.ContractTests.Ports;

/// <summary>What <see cref="ICalendarWriter"/> promises.</summary>
public abstract class CalendarWriterContract(CalendarServer server)
{
    private static readonly PushStep.Update OnlyTitle = new(Times: false, Title: true, Location: false, Notes: false);
    private static readonly PushStep.Update OnlyTimes = new(Times: true, Title: false, Location: false, Notes: false);
    private readonly ICalendarWriter writer = server.Port<ICalendarWriter>();

    [Fact]
    public async Task A_created_item_says_what_was_sent_carries_its_ids_and_invites_nobody()
    {
        var written = await server.Write(Content("Haircut", 13, location: "Room 2"));
        var item = await Read(written.Item);
        Assert.Equal(("Haircut", "Room 2", RemoteItemType.Single, false), (item.Title, item.Location, item.Type, item.HasAttendees));
        Assert.Equal((Day.AddHours(13), Day.AddHours(14)), (item.Times.Start, item.Times.End));
        Assert.Equal((written.Id, written.Attempt.Id), (item.Tag?.EventId, item.Tag?.AttemptId));
        Assert.NotNull(item.Uid); // the one that was sent, or one of the server's own
    }

    [Fact]
    public async Task An_update_writes_the_named_fields_and_no_other()
    {
        var written = await server.Write(Content("Before", 15, location: "Room 3"));
        var later = Content("After", 16, location: "Elsewhere");
        var titled = Assert.IsType<UpdateOutcome.Written>(
            await writer.Update(server.Calendar, await Now(written.Item), later, OnlyTitle, Ct));
        var item = await Read(titled.Item);
        Assert.Equal(("After", "Room 3", Day.AddHours(15)), (item.Title, item.Location, item.Times.Start));
        Assert.IsType<UpdateOutcome.Written>(
            await writer.Update(server.Calendar, await Now(titled.Item), Content("Not this", 16), OnlyTimes, Ct));
        item = await Read(titled.Item);
        Assert.Equal(("After", "Room 3", Day.AddHours(16)), (item.Title, item.Location, item.Times.Start));
    }

    [Fact]
    public async Task An_update_of_what_was_changed_meanwhile_writes_nothing()
    {
        var written = await server.Write(Content("First", 17));
        var before = await Now(written.Item);
        Assert.IsType<UpdateOutcome.Written>(await writer.Update(server.Calendar, before, Content("Second", 17), OnlyTitle, Ct));
        Assert.IsType<UpdateOutcome.ChangedMeanwhile>(await writer.Update(server.Calendar, before, Content("Third", 17), OnlyTitle, Ct));
        Assert.IsType<UpdateOutcome.ChangedMeanwhile>(
            await writer.Update(server.Calendar, before with { ChangeKey = null }, Content("Fourth", 17), OnlyTitle, Ct));
        Assert.Equal("Second", (await Read(written.Item)).Title);
    }

    [Fact]
    public async Task An_update_of_what_is_gone_says_so()
    {
        var written = await server.Write(Content("Gone", 18));
        var before = await Now(written.Item);
        Assert.True(await writer.Delete(server.Calendar, before, Ct));
        Assert.IsType<UpdateOutcome.Missing>(await writer.Update(server.Calendar, before, Content("New", 18), OnlyTitle, Ct));
    }

    [Fact]
    public async Task A_deleted_item_can_be_restored_by_its_owner_and_is_deleted_once()
    {
        var written = await server.Write(Content("Deleted", 19));
        Assert.True(await writer.Delete(server.Calendar, written.Item, Ct));
        Assert.False(await writer.Delete(server.Calendar, written.Item, Ct));
        Assert.Single(await server.Port<ICalendarFeed>().FindDeletedCopies(server.Calendar, written.Id, Ct));
    }

    [Fact]
    public async Task Where_there_is_no_mailbox_every_write_fails_with_a_type()
    {
        var written = await server.Write(Content("Stays", 20));
        var (nowhere, content) = (server.Nowhere, Content("Stays", 20));
        await Assert.ThrowsAsync<CalendarFailure>(() => writer.Create(nowhere, content, written.Id, written.Attempt, Ct));
        await Assert.ThrowsAsync<CalendarFailure>(() => writer.Update(nowhere, written.Item, content, OnlyTitle, Ct));
        await Assert.ThrowsAsync<CalendarFailure>(() => writer.Delete(nowhere, written.Item, Ct));
        Assert.Equal("Stays", (await Read(written.Item)).Title);
    }

    private async Task<RemoteEvent> Read(WrittenItem item) => Assert.IsType<ItemReading.Found>(
        Assert.Single(await server.Port<ICalendarFeed>().Read(server.Calendar, [item.ItemId], Ct))).Event;

    /// <summary>As it is: an assistant of the server may have written it again.</summary>
    private async Task<WrittenItem> Now(WrittenItem item) => item with { ChangeKey = (await Read(item)).ChangeKey };
}

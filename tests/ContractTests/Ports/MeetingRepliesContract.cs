using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using Xunit;
using static CleanSync.ContractTests.Ports.CalendarServer;

namespace CleanSync.ContractTests.Ports;

/// <summary>What <see cref="IMeetingReplies"/> promises.</summary>
public abstract class MeetingRepliesContract(CalendarServer server)
{
    private readonly IMeetingReplies replies = server.Port<IMeetingReplies>();

    [Theory]
    [InlineData(MeetingReply.Accept, MeetingResponse.Accepted, 30)]
    [InlineData(MeetingReply.Tentative, MeetingResponse.Tentative, 31)]
    public async Task A_meeting_shows_the_answer_that_was_sent(MeetingReply reply, MeetingResponse shown, int hour)
    {
        var meeting = await Invited(hour);
        Assert.Equal(MeetingResponse.NotResponded, meeting.MyResponse);
        var sent = Assert.IsType<ReplyOutcome.Sent>(await replies.Send(server.Calendar, meeting, reply, Ct));
        var answered = Assert.IsType<ItemReading.Found>(await Read(sent.ItemId ?? meeting.ItemId)).Event;
        Assert.Equal(shown, answered.MyResponse);
    }

    [Fact]
    public async Task A_meeting_that_was_declined_leaves_the_calendar()
    {
        var meeting = await Invited(32);
        Assert.IsType<ReplyOutcome.Sent>(await replies.Send(server.Calendar, meeting, MeetingReply.Decline, Ct));
        Assert.IsType<ItemReading.Missing>(await Read(meeting.ItemId));
    }

    [Fact]
    public async Task A_meeting_that_was_changed_since_it_was_read_is_not_answered()
    {
        var meeting = await Invited(33);
        server.Touch(meeting.ItemId);
        Assert.IsType<ReplyOutcome.ChangedMeanwhile>(await replies.Send(server.Calendar, meeting, MeetingReply.Accept, Ct));
        var unanswered = Assert.IsType<ItemReading.Found>(await Read(meeting.ItemId)).Event;
        Assert.Equal(MeetingResponse.NotResponded, unanswered.MyResponse);
    }

    [Fact]
    public async Task What_is_their_own_cannot_be_answered()
    {
        var own = await server.Write(Content("Own", 34));
        var read = Assert.IsType<ItemReading.Found>(await Read(own.Item.ItemId)).Event;
        Assert.IsType<ReplyOutcome.Refused>(await replies.Send(server.Calendar, read, MeetingReply.Accept, Ct));
    }

    [Fact]
    public async Task Where_there_is_no_mailbox_an_answer_fails_with_a_type()
    {
        var own = await server.Write(Content("Own", 35));
        var read = Assert.IsType<ItemReading.Found>(await Read(own.Item.ItemId)).Event;
        await Assert.ThrowsAsync<CalendarFailure>(() => replies.Send(server.Nowhere, read, MeetingReply.Accept, Ct));
    }

    private async Task<RemoteEvent> Invited(int hour)
    {
        var id = server.Invite(hour);
        Assert.SkipWhen(id is null, "Nobody is there to invite the mailbox's owner.");
        return Assert.IsType<ItemReading.Found>(await Read(id)).Event;
    }

    private async Task<ItemReading> Read(string id) =>
        Assert.Single(await server.Port<ICalendarFeed>().Read(server.Calendar, [id], Ct));
}

using CleanSync.Application;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure;
using CleanSync.StorageTests.Databases;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

/// <summary>The whole application around a calendar that a test directs.</summary>
public sealed class RespondToMeetingTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Slot = TemporaryDatabase.Now.AddHours(1);
    private readonly MeetingCalendar calendar = new();
    private readonly TemporarySqlite db = new();
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        services = new ServiceCollection().AddLogging().AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection([]).Build())
            .AddSingleton(db.Store).AddSingleton<TimeProvider>(db.Time)
            .AddSingleton<ICalendarFeed>(calendar).AddSingleton<IMeetingReplies>(calendar)
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await db.DisposeAsync();
    }

    [Theory]
    [InlineData(MeetingReply.Accept, MeetingResponse.Accepted)]
    [InlineData(MeetingReply.Tentative, MeetingResponse.Tentative)]
    public async Task An_answer_is_sent_once_under_the_current_key_and_the_calendar_is_read_again(MeetingReply reply,
        MeetingResponse expected)
    {
        var answered = await Respond(await Stored(), reply);
        Assert.Equal(expected, answered.Value.Response);
        Assert.Equal([("meeting", "k1", reply)], calendar.Sent);
        Assert.Equal((1, expected), (calendar.Passes, Shown(answered).MyResponse));
    }

    [Fact]
    public async Task A_declined_meeting_leaves_at_once()
    {
        var answered = await Respond(await Stored(), MeetingReply.Decline);
        Assert.Equal(new MeetingResponded(MeetingResponse.Declined, null), answered.Value);
        Assert.Empty(await db.Events.OfLink(db.Link.Id, Ct));
    }

    [Fact]
    public async Task What_is_answered_so_already_is_done_without_a_mail()
    {
        calendar.Meeting = calendar.Meeting! with { MyResponse = MeetingResponse.Accepted };
        Assert.Equal(MeetingResponse.Accepted, (await Respond(await Stored(), MeetingReply.Accept)).Value.Response);
        Assert.Empty(calendar.Sent);
    }

    [Fact]
    public async Task Ones_own_meeting_is_not_answered()
    {
        calendar.Meeting = calendar.Meeting! with { MyResponse = MeetingResponse.Organizer };
        await Refused<MeetingIsTheirOwn>(await Stored());
    }

    [Fact]
    public async Task An_event_that_is_no_meeting_is_not_answered()
    {
        calendar.Meeting = calendar.Meeting! with { MyResponse = MeetingResponse.None };
        await Refused<EventIsNotAMeeting>(await Stored());
    }

    [Fact]
    public async Task A_cancelled_meeting_is_not_answered()
    {
        calendar.Meeting = calendar.Meeting! with { IsCancelled = true };
        await Refused<MeetingIsCancelled>(await Stored());
    }

    [Fact]
    public async Task A_copy_of_an_appointment_is_not_answered()
    {
        var appointment = await db.Booked(Sample.Appointment("anna"));
        var copy = await db.Kept(
            Sample.Copy(db.Link.Id, appointment.Id) with { ItemId = "meeting", PushState = PushState.Confirmed, NextPushAt = null });
        await Refused<EventIsNotAMeeting>(copy.Id);
    }

    [Fact]
    public async Task Another_staff_members_event_is_not_found()
    {
        var other = await db.Linked(Sample.Link(db.Integration.Id, "bert"));
        await Refused<EventNotFound>(await Stored(link: other.Id));
    }

    [Fact]
    public async Task An_event_that_has_left_Exchange_is_not_found()
    {
        var stored = await Stored();
        calendar.Meeting = null;
        await Refused<EventNotFound>(stored);
    }

    [Theory]
    [InlineData(MeetingReply.Accept)]
    [InlineData(MeetingReply.Decline)]
    public async Task A_lost_answer_is_read_and_the_response_not_repeated(MeetingReply reply)
    {
        calendar.OnAnswer = () => throw MeetingCalendar.Lost();
        Assert.Equal(reply.Meaning(), (await Respond(await Stored(), reply)).Value.Response);
        Assert.Single(calendar.Sent);
    }

    [Fact]
    public async Task A_response_that_did_not_arrive_is_a_failure_and_can_be_repeated()
    {
        calendar.OnSend = () => throw MeetingCalendar.Lost();
        var stored = await Stored();
        Assert.IsType<ExchangeIsUnreachable>((await Respond(stored, MeetingReply.Accept)).Refusal);
        Assert.Single(calendar.Sent);
        calendar.OnSend = () => { };
        Assert.Equal(MeetingResponse.Accepted, (await Respond(stored, MeetingReply.Accept)).Value.Response);
        Assert.Equal(2, calendar.Sent.Count);
    }

    [Fact]
    public async Task A_key_that_moved_meanwhile_is_read_anew_and_the_response_sent_under_it()
    {
        calendar.OnSend = () => calendar.Meeting = calendar.Sent.Count == 1
            ? calendar.Meeting! with { ChangeKey = "k2" }
            : calendar.Meeting;
        Assert.Equal(MeetingResponse.Accepted, (await Respond(await Stored(), MeetingReply.Accept)).Value.Response);
        Assert.Equal(["k1", "k2"], calendar.Sent.Select(s => s.ChangeKey));
    }

    [Fact]
    public async Task A_meeting_that_keeps_changing_is_given_up_after_three_tries()
    {
        calendar.OnSend = () => calendar.Meeting = calendar.Meeting! with { ChangeKey = $"k{calendar.Sent.Count + 1}" };
        Assert.IsType<ChangedMeanwhile>((await Respond(await Stored(), MeetingReply.Accept)).Refusal);
        Assert.Equal(3, calendar.Sent.Count);
    }

    [Fact]
    public async Task A_meeting_that_got_another_id_by_its_answer_is_the_one_that_is_shown()
    {
        calendar.NewId = "meeting-2";
        var answered = await Respond(await Stored(), MeetingReply.Accept);
        Assert.Equal("meeting-2", Shown(answered).ItemId);
    }

    [Theory]
    [InlineData(ResponseScope.Occurrence, "occurrence-now")]
    [InlineData(ResponseScope.Series, MeetingCalendar.Series)]
    public async Task An_occurrences_id_is_resolved_afresh_and_a_series_by_it(ResponseScope scope, string expected)
    {
        calendar.Meeting =
            calendar.Meeting! with { ItemId = "occurrence-now", Type = RemoteItemType.Occurrence, Uid = "uid", OriginalStart = Slot };
        var stored = await Stored(itemId: "occurrence-before", identity: calendar.Meeting.Identity);
        await Respond(stored, MeetingReply.Accept, scope);
        Assert.Equal([expected], calendar.Sent.Select(s => s.ItemId));
    }

    [Fact]
    public async Task A_mailbox_that_another_node_works_on_is_not_touched()
    {
        var stored = await Stored();
        Assert.NotNull(await db.Leases.TryTake(db.Link.Id, "another node", TimeSpan.FromMinutes(5), Ct));
        Assert.IsType<CalendarIsBusy>((await Respond(stored, MeetingReply.Accept)).Refusal);
        Assert.Empty(calendar.Sent);
    }

    private async Task<Guid> Stored(string itemId = "meeting", string? identity = null, Guid? link = null) =>
        (await db.Kept(Sample.External(link ?? db.Link.Id, itemId) with
        {
            Identity = identity ?? $"item:{itemId}",
            OriginalStart = identity is null ? null : Slot,
            MyResponse = MeetingResponse.NotResponded,
        })).Id;

    private Task<Result<MeetingResponded>> Respond(Guid id, MeetingReply reply, ResponseScope scope = ResponseScope.Occurrence) =>
        services.GetRequiredService<IMediator>().Send(new RespondToMeeting("anna", id, reply, scope), Ct);

    private SyncedEvent Shown(Result<MeetingResponded> answered) =>
        db.Events.Find(answered.Value.EventId!.Value, Ct).GetAwaiter().GetResult()!;

    private async Task Refused<T>(Guid id)
        where T : Error
    {
        Assert.IsType<T>((await Respond(id, MeetingReply.Accept)).Refusal);
        Assert.Empty(calendar.Sent);
    }
}

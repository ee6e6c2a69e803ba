using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>Answers meetings with Exchange's response objects.</summary>
internal sealed class ExchangeMeetingReplies(ExchangeCalls calls) : IMeetingReplies
{
    public async Task<ReplyOutcome> Send(OpenCalendar calendar, RemoteEvent meeting, MeetingReply reply, CancellationToken ct)
    {
        var response = reply switch
        {
            MeetingReply.Accept => MeetingResponseObject.AcceptItem,
            MeetingReply.Tentative => MeetingResponseObject.TentativelyAcceptItem,
            _ => MeetingResponseObject.DeclineItem,
        };
        var answer = await calls.Send(calendar, new CreateMeetingResponse(new ItemId(meeting.ItemId, meeting.ChangeKey), response), ct);
        return answer.Succeeded ? new ReplyOutcome.Sent(answer.Value.CalendarItem?.Id) : Refused(answer.Error, calendar);
    }

    private static ReplyOutcome Refused(EwsError error, OpenCalendar calendar)
    {
        if (RetryMatrix.Wants(error.Code, Treatment.IsReadAgain | Treatment.IsGone)) return new ReplyOutcome.ChangedMeanwhile();
        if (error.Code.StartsWith("ErrorCalendarIsOrganizerFor", StringComparison.Ordinal))
            return new ReplyOutcome.Refused(new MeetingIsTheirOwn());
        if (error.Code.StartsWith("ErrorCalendarIsCancelledFor", StringComparison.Ordinal))
            return new ReplyOutcome.Refused(new MeetingIsCancelled());

        // The calendar can be synced all the same: what concerns this one response says nothing of the link's health.
        var failure = FaultTranslator.FromCode(error, calendar.Server, calendar.MailboxAddress);
        return failure is { Reach: FailureReach.Item or FailureReach.Bug } || RetryMatrix.Wants(error.Code, Treatment.IsOfTheItem)
            ? new ReplyOutcome.Refused(new ResponseWasRefused(error.Code, calendar.Server.UseImpersonation))
            : throw failure;
    }
}

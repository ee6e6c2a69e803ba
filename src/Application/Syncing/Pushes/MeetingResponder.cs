using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>
/// Answers one meeting: reads it as it is now, and sends only what is missing. A response whose answer was lost is not sent again but read;
/// one that is still on its way cannot be carried out beside another, because both name the change key that was read.
/// </summary>
internal sealed class MeetingResponder(
    CalendarSession session,
    ICalendarFeed feed,
    IMeetingReplies replies,
    ISyncedEventRepository events,
    ISyncStore store)
{
    private const int MostTries = 3;

    /// <summary>The id of the item that was answered, as it is from now on.</summary>
    public async Task<Result<string>> Answer(
        StaffCalendarLink link,
        Guid eventId,
        MeetingReply reply,
        bool wholeSeries,
        CancellationToken ct)
    {
        Result<string>? answer = null;
        var ended = await session.Run(
            link.Id, Opening.Asked, async (calendar, _) => answer = await Answer(calendar, eventId, reply, wholeSeries, ct), ct);
        return answer ?? ended.Refusal ?? new EventNotFound(eventId);
    }

    private async Task<Result<string>> Answer(
        OpenCalendar calendar,
        Guid eventId,
        MeetingReply reply,
        bool wholeSeries,
        CancellationToken ct)
    {
        if (await events.Find(eventId, ct) is not { ItemId: not null } row || row.LinkId != calendar.LinkId)
            return new EventNotFound(eventId);
        if (row.Kind is not EventKind.External) return new EventIsNotAMeeting();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var read = await Read(calendar, row, wholeSeries, ct);
            if ((read.Refusal ?? Refusal(read.Value)) is { } refusal) return refusal;
            if (read.Value.MyResponse == reply.Meaning()) return read.Value.ItemId;
            switch (await Send(calendar, row, read.Value, reply, wholeSeries, ct))
            {
                case ReplyOutcome.Refused refused:
                    return refused.Refusal;
                case ReplyOutcome.Sent sent:
                    if (reply is MeetingReply.Decline && !(wholeSeries && row.OriginalStart is not null)) await Leave(calendar, row, ct);
                    return sent.ItemId ?? read.Value.ItemId;
            }
        }

        return new ChangedMeanwhile("The meeting");
    }

    private async Task<ReplyOutcome> Send(
        OpenCalendar calendar,
        SyncedEvent row,
        RemoteEvent meeting,
        MeetingReply reply,
        bool wholeSeries,
        CancellationToken ct)
    {
        try
        {
            return await replies.Send(calendar, meeting, reply, ct);
        }
        catch (CalendarFailure lost) when (lost.OutcomeUnknown)
        {
            var now = await Read(calendar, row, wholeSeries, ct);
            if (now.Refusal is EventNotFound) now = await Read(calendar, row, wholeSeries, ct); // one such answer proves nothing
            if (!now.IsRefused && now.Value.MyResponse == reply.Meaning()) return new ReplyOutcome.Sent(now.Value.ItemId);
            // what is declined leaves the calendar
            if (now.Refusal is EventNotFound && reply is MeetingReply.Decline) return new ReplyOutcome.Sent(null);
            throw;
        }
    }

    /// <summary>
    /// It leaves because its owner declined it here: no accident for the deletion fuse to judge. If the row changed meanwhile, the pass
    /// decides.
    /// </summary>
    private Task<bool> Leave(OpenCalendar calendar, SyncedEvent declined, CancellationToken ct) =>
        store.Commit(new ChangeSet { Lease = calendar.Lease, Remove = [declined] }, ct);

    /// <summary>The meeting as it is now.</summary>
    private async Task<Result<RemoteEvent>> Read(OpenCalendar calendar, SyncedEvent row, bool wholeSeries, CancellationToken ct)
    {
        var itemId = await ItemId(calendar, row, ct);
        var reading = (await feed.Read(calendar, [itemId], ct))[0];
        if (wholeSeries && reading is ItemReading.Found { Event: { IsOccurrence: true } occurrence })
        {
            reading = await feed.ReadSeries(calendar, occurrence.ItemId, ct);
        }

        return reading switch
        {
            ItemReading.Found { Event: var found } => found,
            ItemReading.Unreadable { ExchangeCode: var code } => new ResponseWasRefused(code, calendar.Server.UseImpersonation),
            ItemReading.UnknownId { ExchangeCode: var code } => new ResponseWasRefused(code, calendar.Server.UseImpersonation),
            _ => new EventNotFound(row.Id),
        };
    }

    /// <summary>An occurrence's id holds for a moment only: the view around it tells the one that holds now.</summary>
    private async Task<string> ItemId(OpenCalendar calendar, SyncedEvent row, CancellationToken ct)
    {
        if (row is not { OriginalStart: not null, Times: { } times }) return row.ItemId!;
        var view = (await feed.Window(calendar, times.Start, times.End, ct)).Events;
        return (view.FirstOrDefault(e => e.ItemId == row.ItemId) ?? view.FirstOrDefault(e => e.Identity == row.Identity))?.ItemId
            ?? row.ItemId!;
    }

    private static Error? Refusal(RemoteEvent meeting) => meeting switch
    {
        { MyResponse: MeetingResponse.Organizer } => new MeetingIsTheirOwn(),
        { MyResponse: MeetingResponse.None } => new EventIsNotAMeeting(),
        { IsCancelled: true } => new MeetingIsCancelled(),
        _ => null,
    };
}

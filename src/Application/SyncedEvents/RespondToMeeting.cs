using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.SyncedEvents;

public enum ResponseScope
{
    /// <summary>This event: of a series, the one occurrence.</summary>
    Occurrence,

    /// <summary>The whole series that the event belongs to; of an event without a series, the event itself.</summary>
    Series,
}

/// <summary>
/// Answers a meeting request in the staff member's name, and tells the organiser. Answering again what is answered so already sends
/// nothing. The calendar is read afterwards, so that it shows what came of it.
/// </summary>
public sealed record RespondToMeeting(
    string StaffId,
    Guid EventId,
    MeetingReply Response,
    ResponseScope Scope) : IRequest<Result<MeetingResponded>>
{
    internal sealed class Validator : AbstractValidator<RespondToMeeting>
    {
        public Validator()
        {
            RuleFor(c => c.Response).IsInEnum();
            RuleFor(c => c.Scope).IsInEnum();
        }
    }

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        ISyncedEventRepository events,
        MeetingResponder responder,
        IMediator mediator)
        : IRequestHandler<RespondToMeeting, Result<MeetingResponded>>
    {
        public async Task<Result<MeetingResponded>> Handle(RespondToMeeting command, CancellationToken ct)
        {
            if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
            if (link is not { CalendarChecked: true, Cursor: not null }
                && (await mediator.Send(new SyncCalendar(link.Id, Asked: true), ct)).Refusal is { } unread) return unread;

            var answer = await responder.Answer(link, command.EventId, command.Response, command.Scope is ResponseScope.Series, ct);
            if (answer.Refusal is { } refusal && refusal is not (EventNotFound or MeetingIsCancelled)) return refusal;

            // What was sent is sent: if this pass fails, the link says so, and the next one shows the result.
            await mediator.Send(new SyncCalendar(link.Id, Asked: true), ct);
            if (answer.Refusal is { } gone) return gone;
            var shown = await events.Find(command.EventId, ct)
                ?? (await events.Named(link.Id, [answer.Value], [], [], ct)).FirstOrDefault(e => e.Kind is EventKind.External);
            return new MeetingResponded(command.Response.Meaning(), shown?.Id);
        }
    }
}

/// <param name="EventId">The event as the calendar has it now, which can have another id than before; null when it has left, as declined
/// events do.</param>
public sealed record MeetingResponded(MeetingResponse Response, Guid? EventId);

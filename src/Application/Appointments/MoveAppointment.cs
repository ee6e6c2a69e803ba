using CleanSync.Domain;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.Appointments;

/// <summary>Moves an appointment, and with it all its copies in Exchange.</summary>
/// <param name="TimeZone">Null keeps the appointment's zone.</param>
/// <param name="ExpectedVersion">From If-Match; null to move whatever is stored.</param>
public sealed record MoveAppointment(
    Guid Id,
    DateTimeOffset Start,
    DateTimeOffset End,
    string? TimeZone,
    int? ExpectedVersion) : IRequest<Result<Guid>>
{
    internal sealed class Validator : AbstractValidator<MoveAppointment>
    {
        public Validator()
        {
            RuleFor(c => c.End).IsEndOf(c => c.Start);
            RuleFor(c => c.TimeZone).IsZone().When(c => c.TimeZone is not null);
        }
    }

    internal sealed class Handler(AppointmentEditing editing) : IRequestHandler<MoveAppointment, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(MoveAppointment command, CancellationToken ct) => editing.Edit(
            command.Id,
            command.ExpectedVersion,
            a => a.MovedTo(EventTimes.Timed(command.Start, command.End, command.TimeZone ?? a.Times.TimeZone)),
            ct);
    }
}

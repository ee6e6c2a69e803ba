using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.Appointments;

/// <summary>Cancels an appointment and removes its copies from Exchange. Cancelling twice is done once.</summary>
/// <param name="ExpectedVersion">From If-Match; null to cancel whatever is stored.</param>
public sealed record CancelAppointment(Guid Id, int? ExpectedVersion) : IRequest<Result<Guid>>
{
    internal sealed class Handler(AppointmentEditing editing) : IRequestHandler<CancelAppointment, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(CancelAppointment command, CancellationToken ct) =>
            editing.Edit(command.Id, command.ExpectedVersion, a => a.Cancelled(), ct);
    }
}

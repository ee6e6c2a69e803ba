using CleanSync.Domain;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.Appointments;

/// <summary>Replaces the staff who take an appointment: who is new gets a copy in their calendar, whoever is left out loses it.</summary>
/// <param name="ExpectedVersion">From If-Match; null to change whatever is stored.</param>
public sealed record ChangeAppointmentStaff(Guid Id, IReadOnlyList<string> StaffIds, int? ExpectedVersion) : IRequest<Result<Guid>>
{
    internal sealed class Validator : AbstractValidator<ChangeAppointmentStaff>
    {
        public Validator() => RuleFor(c => c.StaffIds).IsStaff();
    }

    internal sealed class Handler(AppointmentEditing editing) : IRequestHandler<ChangeAppointmentStaff, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(ChangeAppointmentStaff command, CancellationToken ct) =>
            editing.Edit(command.Id, command.ExpectedVersion, a => a.TakenBy(command.StaffIds), ct);
    }
}

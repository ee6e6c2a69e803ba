using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.Appointments;

/// <summary>
/// Replaces what an appointment is about. Of each copy only the fields that differ are written; what staff changed in the others stays.
/// </summary>
/// <param name="ExpectedVersion">From If-Match; null to change whatever is stored.</param>
public sealed record ChangeAppointmentDetails(
    Guid Id,
    string Title,
    string? Location,
    string? Notes,
    Client? Client,
    int? ExpectedVersion) : IRequest<Result<Guid>>
{
    /// <summary>Never the texts: client details must not reach a log by way of a record.</summary>
    public override string ToString() => $"{nameof(ChangeAppointmentDetails)} {Id}";

    internal sealed class Validator : AbstractValidator<ChangeAppointmentDetails>
    {
        public Validator()
        {
            RuleFor(c => c.Title).IsTitle();
            RuleFor(c => c.Location).IsLocation();
            RuleFor(c => c.Notes).IsNotes();
            RuleFor(c => c.Client).IsClient();
        }
    }

    internal sealed class Handler(AppointmentEditing editing) : IRequestHandler<ChangeAppointmentDetails, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(ChangeAppointmentDetails command, CancellationToken ct) => editing.Edit(
            command.Id, command.ExpectedVersion, a => a.Described(command.Title, command.Location, command.Notes, command.Client), ct);
    }
}

using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.Erasures;

/// <summary>
/// Begins to erase a staff member: their link with its events, their names and mailboxes wherever they stand, their API keys, and what
/// CleanSync wrote into their calendar. It goes on by itself until it has ended, also after a restart.
/// </summary>
/// <param name="CancelFuture">They are taken off appointments that are still to come, and what nobody else takes is cancelled; without it
/// one is a reason to refuse.</param>
public sealed record EraseStaffMember(string StaffId, bool CancelFuture) : IRequest<Result<ErasureView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.New("erasure");

    /// <summary>Never whose: that is in the erasure's own report.</summary>
    object IAdminAction.Asked => new { CancelFuture };

    string? IAdminAction.Note => CancelFuture ? "future appointments are cancelled" : null;

    AuditSubject IAdminAction.SubjectOf(object made) => ErasureView.Subject((ErasureView)made);

    /// <summary>Never whose: what an erasure was about is in its own report.</summary>
    public override string ToString() => nameof(EraseStaffMember);

    internal sealed class Validator : AbstractValidator<EraseStaffMember>
    {
        public Validator() => RuleFor(c => c.StaffId).Must(StaffIds.IsValid).OverridePropertyName("staffId").WithMessage(StaffIds.Expected);
    }

    internal sealed class Handler(
        IAppointmentRepository appointments,
        IErasures erasures,
        IMediator mediator,
        INewIds ids,
        ICautiousClock cautious,
        TimeProvider time)
        : IRequestHandler<EraseStaffMember, Result<ErasureView>>
    {
        public async Task<Result<ErasureView>> Handle(EraseStaffMember command, CancellationToken ct)
        {
            var (now, earliest) = (time.GetUtcNow(), cautious.Earliest());
            var upcoming = await appointments.UpcomingOf(command.StaffId, earliest, ct);
            if (!command.CancelFuture && EraseAppointments.Refusal(upcoming, earliest) is { } toCome) return toCome;
            var erasure = new Erasure { Id = ids.Next(), StaffId = command.StaffId, AskedAt = now, CancelsFuture = command.CancelFuture };
            await erasures.Begin(erasure, [], ct);
            return await mediator.Send(new GetErasure(erasure.Id), ct);
        }
    }
}

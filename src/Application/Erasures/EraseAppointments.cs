using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.Erasures;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.Erasures;

/// <summary>
/// Begins to erase the clients of appointments, here and in Exchange. It goes on by itself until it has ended, also after a restart. Asking
/// again for what is erased already does no harm.
/// </summary>
/// <param name="CancelFuture">Those that are still to come are cancelled first; without it one of them is a reason to refuse all.</param>
public sealed record EraseAppointments(IReadOnlyList<Guid> AppointmentIds, bool CancelFuture) : IRequest<Result<ErasureView>>, IAdminAction
{
    public const int Most = 1000;

    private const int MostTold = 20;

    AuditSubject IAdminAction.Subject => AuditSubject.New("erasure");

    /// <summary>How many; which they were is in the erasure's own report.</summary>
    object IAdminAction.Asked => new { Appointments = AppointmentIds.Count, CancelFuture };

    string? IAdminAction.Note => CancelFuture ? "future appointments are cancelled" : null;

    AuditSubject IAdminAction.SubjectOf(object made) => ErasureView.Subject((ErasureView)made);

    /// <summary>Never the ids: what an erasure was about is in its own report.</summary>
    public override string ToString() => $"{nameof(EraseAppointments)}, {AppointmentIds.Count}";

    internal sealed class Validator : AbstractValidator<EraseAppointments>
    {
        public Validator() => RuleFor(c => c.AppointmentIds).Must(ids => ids is { Count: >= 1 and <= Most })
            .OverridePropertyName("appointmentIds").WithMessage("Expected 1 to 1,000 ids of appointments, or a staffId instead.");
    }

    internal sealed class Handler(
        IAppointmentRepository appointments,
        IErasures erasures,
        IMediator mediator,
        INewIds ids,
        ICautiousClock cautious,
        TimeProvider time)
        : IRequestHandler<EraseAppointments, Result<ErasureView>>
    {
        public async Task<Result<ErasureView>> Handle(EraseAppointments command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            Guid[] asked = [.. command.AppointmentIds.Distinct()];
            var stored = await appointments.Named(asked, ct);
            if (asked.Except(stored.Select(a => a.Id)).Cast<Guid?>().FirstOrDefault() is { } unknown)
                return new AppointmentNotFound(unknown);
            if (!command.CancelFuture && Refusal(stored, cautious.Earliest()) is { } toCome) return toCome;
            var erasure = new Erasure { Id = ids.Next(), AskedAt = now, CancelsFuture = command.CancelFuture };
            await erasures.Begin(erasure, asked, ct);
            return await mediator.Send(new GetErasure(erasure.Id), ct);
        }
    }

    internal static AppointmentsAreStillToCome? Refusal(IEnumerable<Appointment> appointments, DateTimeOffset now)
    {
        List<Guid> toCome = [.. appointments.Where(a => a.IsToCome(now)).Select(a => a.Id)];
        var more = toCome.Count > MostTold ? ", …" : "";
        return toCome.Count == 0 ? null : new AppointmentsAreStillToCome(toCome.Count, string.Join(", ", toCome.Take(MostTold)) + more);
    }
}

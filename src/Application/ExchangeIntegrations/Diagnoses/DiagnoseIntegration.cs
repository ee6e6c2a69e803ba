using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Diagnoses;

/// <summary>Looks at a saved connection with its stored password, and at the rights on some of its staff members' calendars.</summary>
/// <param name="TryCredential">Sends a password that was refused before once more; otherwise it is not sent while it counts as
/// refused.</param>
/// <param name="SampleSize">How many staff members are tried, evenly spread over all.</param>
/// <param name="TryAnyway">Sends it although two passwords of the account were refused of late, this one among them or not.</param>
public sealed record DiagnoseIntegration(Guid Id, bool TryCredential, int SampleSize, bool TryAnyway = false)
    : IRequest<Result<DiagnosisReport>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway);

    internal sealed class Validator : AbstractValidator<DiagnoseIntegration>
    {
        public Validator() => RuleFor(c => c.SampleSize).InclusiveBetween(0, StaffSample.Largest).OverridePropertyName("sampleSize")
            .WithMessage($"Expected 0 (nobody) to {StaffSample.Largest} staff members.");
    }

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        IConnectionDoctor doctor,
        PasswordWatch passwords)
        : IRequestHandler<DiagnoseIntegration, Result<DiagnosisReport>>
    {
        public async Task<Result<DiagnosisReport>> Handle(DiagnoseIntegration command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } integration) return new IntegrationNotFound(command.Id);
            List<StaffCalendarLink> staff =
                [.. (await links.OfIntegration(command.Id, ct)).Where(l => l is { Enabled: true, MailboxAddress: not null })
                    .OrderBy(l => l.StaffId, StringComparer.Ordinal)];
            var sample = StaffSample.Of(staff, command.SampleSize).Select(l => new SampledMailbox(l.StaffId, l.MailboxAddress!)).ToList();
            var tryCredential = command.TryCredential || command.TryAnyway;
            var findings = await doctor.Examine(
                new DiagnosisTarget(integration.Server, Password: null, tryCredential, sample, staff.Count, command.TryAnyway), ct);
            return Diagnosis.Report(findings, await passwords.Note(integration, findings.Expiry, ct));
        }
    }
}

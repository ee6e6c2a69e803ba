using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Diagnoses;

/// <summary>Looks at a connection before it is saved, and saves nothing.</summary>
/// <param name="Mailboxes">Mailboxes of staff members to try the account's rights on; may be empty.</param>
public sealed record DiagnoseConnection(
    IntegrationSettings Settings, string Password, IReadOnlyList<string> Mailboxes, bool TryAnyway = false)
    : IRequest<Result<DiagnosisReport>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.New("integration");

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway);

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => $"{nameof(DiagnoseConnection)} {Settings.DisplayName}";

    internal sealed class Validator : AbstractValidator<DiagnoseConnection>
    {
        public Validator(ConnectionPolicy policy, INetworkAddresses addresses)
        {
            RuleFor(c => c.Settings).SetValidator(new IntegrationSettingsValidator(policy, addresses));
            RuleFor(c => c.Password).NotEmpty()
                .OverridePropertyName("password")
                .WithMessage("Give the service account's password: it is tried once and not saved.");
            RuleFor(c => c.Mailboxes.Count).LessThanOrEqualTo(StaffSample.Largest)
                .OverridePropertyName("mailboxes")
                .WithMessage($"Give at most {StaffSample.Largest} mailboxes; a few are enough.");
            RuleForEach(c => c.Mailboxes).EmailAddress()
                .MaximumLength(320)
                .OverridePropertyName("mailboxes")
                .WithMessage("Expected the primary e-mail addresses of mailboxes.")
                .OneLine();
        }
    }

    internal sealed class Handler(
        IConnectionDoctor doctor,
        INewIds ids,
        TimeProvider time) : IRequestHandler<DiagnoseConnection, Result<DiagnosisReport>>
    {
        public async Task<Result<DiagnosisReport>> Handle(DiagnoseConnection command, CancellationToken ct)
        {
            var server = command.Settings.Server(ids.Next());
            List<SampledMailbox> sample =
                [.. command.Mailboxes.Distinct(StringComparer.OrdinalIgnoreCase).Select(address => new SampledMailbox(null, address))];
            var findings = await doctor.Examine(
                new DiagnosisTarget(server, command.Password, TryCredential: true, sample, sample.Count, command.TryAnyway), ct);
            return Diagnosis.Report(findings, (findings.Expiry ?? PasswordExpiry.NotRead).NoticedAt(time.GetUtcNow()));
        }
    }
}

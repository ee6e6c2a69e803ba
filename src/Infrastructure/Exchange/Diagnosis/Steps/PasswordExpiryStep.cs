using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>Never a reason to stop: a server that does not tell says nothing of the connection.</summary>
internal sealed class PasswordExpiryStep(ExchangePasswordExpiry source) : IDiagnosisStep
{
    public DiagnosisStepName Name => DiagnosisStepName.PasswordExpiry;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) =>
        run.Version is null && run.VersionRefusal is not null
            ? [DiagnosisStepName.Logon, DiagnosisStepName.ServerVersion]
            : [DiagnosisStepName.Logon];

    public async Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct)
    {
        run.Expiry = await Ask(run, run.Version!.Value, ct);
        return run.Expiry switch
        {
            null => Finding.NothingToTry(Name, "Exchange did not answer when the password expires. Nothing else depends on it."),
            { State: PasswordExpiryState.NeverExpires } => Finding.Passed(Name, "The password never expires."),
            { State: PasswordExpiryState.Expires, ExpiresAt: { } at } expiry =>
                Told(expiry.NoticedAt(run.Time.GetUtcNow()), new Evidence("expires", $"{at:yyyy-MM-dd HH:mm} UTC")),
            _ => Finding.NothingToTry(
                Name, "The server, or the chosen version, does not tell when passwords expire: Exchange 2010 SP2 and later do."),
        };
    }

    private async Task<PasswordExpiry?> Ask(DiagnosisRun run, ExchangeServerVersion version, CancellationToken ct)
    {
        if (!version.Has(VersionTable.PasswordExpiration)) return PasswordExpiry.NotOffered(run.Time.GetUtcNow());
        try
        {
            return source.Of(await run.Send(new GetPasswordExpirationDate(), ExchangeCalls.AsAccount(run.Server, version), ct));
        }
        catch (CalendarFailure failure)
        {
            return source.OfRefusal(failure);
        }
    }

    private DiagnosisStep Told(PasswordExpiry expiry, Evidence evidence) => PasswordExpiryView.Of(expiry).Warning is { } warning
        ? Finding.Warning(
            Name,
            warning,
            [evidence],
            new Remedy("Change the password in Active Directory, then enter the new one here: syncing goes on without a resync."))
        : Finding.Passed(Name, "The password does not expire soon.", evidence);
}

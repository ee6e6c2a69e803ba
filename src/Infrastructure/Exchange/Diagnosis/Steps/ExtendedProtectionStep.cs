using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Infrastructure.Exchange.Diagnosis.Steps;

/// <summary>
/// A verdict from what the other steps saw; nothing is sent for it. On the wire, a logon that Extended Protection refuses is a wrong
/// password (docs/exchange.md, "Logging on").
/// </summary>
internal sealed class ExtendedProtectionStep : IDiagnosisStep
{
    public DiagnosisStepName Name => DiagnosisStepName.ExtendedProtection;

    public IReadOnlyList<DiagnosisStepName> Needs(DiagnosisRun run) =>
        run.LogonFailure is { Refusal: CredentialOrExtendedProtectionRefused } ? [] : [DiagnosisStepName.Logon];

    public Task<DiagnosisStep> Look(DiagnosisRun run, CancellationToken ct) => Task.FromResult(run switch
    {
        { LogonFailure.InnerException: EwsHttpException { Channel: { } channel } } => Undecided(run, channel),
        { Server.Authentication: AuthenticationType.Basic } =>
            Finding.Passed(Name, "Basic is bound to no TLS channel, so Extended Protection does not concern it."),
        { Connector.IsSecure: false } => Finding.Passed(Name, "Without TLS there is no channel to bind the logon to."),
        _ => Finding.Passed(
            Name,
            "The NTLM logon was bound to this TLS channel, and Exchange accepted it: nothing in between that matters opens TLS, or Extended Protection is off."),
    });

    private DiagnosisStep Undecided(DiagnosisRun run, LogonChannel channel)
    {
        var basic = run.Offered.Contains("Basic", StringComparer.OrdinalIgnoreCase);
        List<Evidence> evidence =
        [
            .. TlsStep.Shown(channel.Shown),
            new("Basic offered over the same channel", basic ? "yes" : "no"),
            new("this password accepted before", Before(run)),
        ];
        List<Remedy> remedies =
        [
            ConnectionRemedies.SeeBound,
            LogonRemedies.SeeExtendedProtection,
            new("If IIS binds another certificate: let the proxy or load balancer pass TLS through unopened, or give it Exchange's own certificate and key."),
            LogonRemedies.RelaxExtendedProtection(run.Host),
        ];
        if (basic)
            remedies.Insert(
                2,
                new("Or diagnose once with the authentication type Basic, which is bound to nothing: if that works, the password is right and Extended Protection is the cause. It is one more try with this password."));
        return Finding.Warning(
            Name,
            "The refused logon has two possible causes that look the same from here: a wrong or expired password; or Extended Protection, while a proxy or load balancer opens TLS with a certificate that is not Exchange's. "
                + $"{Hint(run, channel)} It is not known which certificate IIS binds: compare its SHA-256 with {channel.Shown.Sha256}. If they differ, it is Extended Protection; if they are the same, it is the password.",
            evidence, remedies);
    }

    /// <summary>What speaks for one of the two, without proving it.</summary>
    private static string Hint(DiagnosisRun run, LogonChannel channel)
    {
        if (channel.Shown.Subject == channel.Shown.Issuer)
            return "The certificate is issued by itself, as Exchange's own one is after its installation: that speaks for the password.";
        var issuer =
            $"The certificate is issued by {channel.Shown.Issuer}: if that is the authority of a proxy or firewall, it speaks for Extended Protection.";
        return Accepted(run) is { } at
            ? $"This same password was accepted on {at:yyyy-MM-dd HH:mm} UTC: since then it was changed or expired, or Extended Protection or a proxy came in between. {issuer}"
            : issuer;
    }

    private static string Before(DiagnosisRun run) => run.Target.IsSaved
        ? Accepted(run) is { } at ? $"yes, last on {at:yyyy-MM-dd HH:mm} UTC" : "never"
        : "not known before the integration is saved";

    private static DateTimeOffset? Accepted(DiagnosisRun run) =>
        run.Stored is { } stored && stored.ProvenVersion == run.Server.CredentialVersion ? stored.ProvenAt : null;
}

using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>Asks without any credential.</summary>
internal sealed class OfferedSchemesStep : IExaminationStep
{
    public DiagnosisStepName Name => DiagnosisStepName.OfferedSchemes;

    public IReadOnlyList<DiagnosisStepName> Needs(Examination examination) => [DiagnosisStepName.Tls];

    public async Task<DiagnosisStep> Look(Examination examination, CancellationToken ct)
    {
        try
        {
            examination.Offered = await examination.Client.OfferedSchemes(ct);
        }
        catch (EwsException failure)
        {
            List<Remedy> remedies = failure is EwsHttpException { Status: System.Net.HttpStatusCode.Forbidden } ? [.. LogonRemedies.AllowCaller(examination.Integration.Account.UserName)] : [ConnectionRemedies.FindAddress];
            return Finding.Failed(Name, FaultTranslator.Translate(failure, examination.Integration, null), [], remedies);
        }

        var (wanted, offered) = (examination.SchemeName, string.Join(", ", examination.Offered));
        List<Evidence> evidence = [new("chosen", wanted), new("offered", offered.Length == 0 ? "none: it answers without asking who calls" : offered)];
        if (examination.Offered.Count == 0) return Finding.Warning(Name, "The server answers without asking who calls. The next step shows whether it is Exchange.", evidence, ConnectionRemedies.FindAddress);
        switch (LogonSchemes.Of(examination.Integration.Authentication, examination.Offered))
        {
            case EwsAuthentication.Negotiate:
                return Finding.Passed(Name, "The server offers Negotiate, and NTLM goes inside it.", evidence);
            case not null:
                return Finding.Passed(Name, $"The server offers {wanted}.", evidence);
        }

        var other = examination.Integration.Authentication is AuthenticationType.Basic ? "NTLM" : "Basic";
        List<Remedy> remedy = [examination.Integration.Authentication is AuthenticationType.Basic ? LogonRemedies.OfferBasic(examination.Host) : LogonRemedies.OfferNtlm(examination.Host)];
        if (examination.Offered.Contains(other, StringComparer.OrdinalIgnoreCase)) remedy.Insert(0, new Remedy($"Choose the authentication type {other}: the server offers it already."));
        return Finding.Failed(Name, new SchemeIsNotOffered(wanted, offered), null, evidence, remedy);
    }
}

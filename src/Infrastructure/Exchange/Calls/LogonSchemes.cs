using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Infrastructure.Exchange.Calls;

/// <summary>How the chosen kind of logon is called in what a server offers.</summary>
internal static class LogonSchemes
{
    private const string Ntlm = "NTLM", Negotiate = "Negotiate";

    public static string Name(AuthenticationType chosen) => chosen is AuthenticationType.Basic ? "Basic" : Ntlm;

    /// <summary>
    /// How it goes to a server that offers these; null when it does not. NTLM goes inside Negotiate where it is not offered by its name.
    /// </summary>
    public static EwsAuthentication? Of(AuthenticationType chosen, IReadOnlyList<string> offered)
    {
        if (Offers(Name(chosen))) return chosen is AuthenticationType.Basic ? EwsAuthentication.Basic : EwsAuthentication.Ntlm;
        return chosen is AuthenticationType.Ntlm && Offers(Negotiate) ? EwsAuthentication.Negotiate : null;

        bool Offers(string scheme) => offered.Contains(scheme, StringComparer.OrdinalIgnoreCase);
    }
}

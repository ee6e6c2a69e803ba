using System.Net;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>
/// Makes one request that logs on at the server; throws <see cref="CalendarFailure"/> when the credential must not be sent.
/// </summary>
internal delegate Task<AutodiscoverReply> LogOn(Uri server, Func<CancellationToken, Task<AutodiscoverReply>> ask, CancellationToken ct);

/// <summary>
/// Asks one service: first without a credential, then, if it is one that wants to know, with it. After the first refused logon the
/// credential is kept back for the rest of the search: a wrong password counts once.
/// </summary>
internal sealed class EndpointProbe(AutodiscoverCalls calls, LogOn logOn, AuthenticationType? authentication, ExchangeVersion? version)
{
    private string? whyKeptBack;

    /// <summary>The host that refused the logon; null when none did.</summary>
    public string? RefusedAt { get; private set; }

    /// <summary>Why the credential was not sent, when it must not be; null as a rule.</summary>
    public Error? HeldBack { get; private set; }

    /// <summary>How the account logged on; null when it did not.</summary>
    public AuthenticationType? LoggedOnBy { get; private set; }

    public async Task<ProbeResult> Visit(Uri url, AutodiscoverProtocol protocol, string address, CancellationToken ct)
    {
        var question = protocol.Question(address, url, version);
        try
        {
            var probe = await calls.Look(url, ct);
            if (probe.Location is { } target) return DiscoveryWords.Leads(Absolute(url, target));
            if (probe.IsOpenService) return DiscoveryWords.Of(await calls.AskOpenly(url, protocol, question, ct), address);
            return probe.Status is HttpStatusCode.Unauthorized
                ? await WithLogon(url, protocol, question, probe.Schemes, address, ct)
                : DiscoveryWords.Of(probe.Status);
        }
        catch (EwsHttpException http) when (
            http is { Location: not null, Status: >= HttpStatusCode.MovedPermanently and <= HttpStatusCode.PermanentRedirect })
        {
            return DiscoveryWords.Leads(Absolute(url, http.Location));
        }
        catch (EwsException failure)
        {
            return DiscoveryWords.Of(failure, url.Authority);
        }
    }

    private async Task<ProbeResult> WithLogon(
        Uri url,
        AutodiscoverProtocol protocol,
        byte[] question,
        IReadOnlyList<string> offered,
        string address,
        CancellationToken ct)
    {
        var scheme = Choose(offered);
        var schemes = string.Join(", ", offered.Select(s => s.Length <= 32 ? s : s[..32]));
        if (scheme is null)
            return new(
                StepOutcome.Refused,
                $"It asks for a logon and does not offer {(authentication is { } wanted ? LogonSchemes.Name(wanted) : "NTLM or Basic")}, only "
                    + $"{(schemes.Length == 0 ? "nothing" : schemes)}. Nothing was sent. Choose an authentication type that it offers.");
        if (whyKeptBack is { } why) return new(StepOutcome.Skipped, $"It looks like Autodiscover and offers {schemes}. {why}");
        try
        {
            var by = LogonSchemes.Of(scheme.Value, offered)!.Value;
            var reply = await logOn(url, stop => calls.Ask(url, protocol, by, question, stop), ct);
            LoggedOnBy = scheme;
            return DiscoveryWords.Of(reply, address);
        }
        catch (EwsHttpException refused) when (refused.CredentialRefused)
        {
            RefusedAt = url.Authority;
            whyKeptBack = "The password was not sent: it was refused before, and a second try could lock the account.";
            return new(StepOutcome.Refused, RefusedLogon(refused, scheme));
        }
        catch (CalendarFailure held) when (held.NothingWasSent)
        {
            HeldBack = held.Refusal;
            whyKeptBack = held.Refusal is CredentialRefused
                ? "The password was not sent: Exchange refused it before this search. Save the right one, then try again."
                : held.Refusal.Message;
            return new(StepOutcome.Skipped, $"It looks like Autodiscover and offers {schemes}. {whyKeptBack}");
        }
    }

    private string RefusedLogon(EwsHttpException refused, AuthenticationType? scheme) => refused.AccountLockedOut
        ? $"It says that {calls.UserName} is locked out. Unlock the account in Active Directory."
        : $"It refused the logon of {calls.UserName}: the user name or password is wrong or expired"
            + (refused.Channel is { } channel && scheme is AuthenticationType.Ntlm
                ? $", or Extended Protection is on and something in between opens TLS (the certificate shown is {channel.Shown.Subject}, SHA-256 {channel.Shown.Sha256})"
                : "")
            + ". It was tried once and is not sent again in this search.";

    /// <summary>What was chosen, if it is offered; without a choice NTLM, which does not show the password, before Basic.</summary>
    private AuthenticationType? Choose(IReadOnlyList<string> offered)
    {
        AuthenticationType[] wanted = authentication is { } chosen ? [chosen] : [AuthenticationType.Ntlm, AuthenticationType.Basic];
        return wanted.Where(w => LogonSchemes.Of(w, offered) is not null).Select(w => (AuthenticationType?)w).FirstOrDefault();
    }

    private static Uri? Absolute(Uri url, Uri location) =>
        Uri.TryCreate(url, location, out var whole) ? HostLimits.Https(whole.AbsoluteUri) : null;
}

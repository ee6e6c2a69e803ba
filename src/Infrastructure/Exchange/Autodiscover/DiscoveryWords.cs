using System.Net;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>Says what a step of a search met, for an admin.</summary>
internal static class DiscoveryWords
{
    public static ProbeResult Of(EwsException failure, string host) => failure switch
    {
        EwsCertificateException certificate => Silent(ConnectionRefusals.Of(certificate, host).Message),
        EwsAddressException address => Silent(ConnectionRefusals.Of(address, host).Message),
        EwsTransportException { Failure: TransportFailure.NameResolution } => Silent("Its name is not known to DNS."),
        EwsTransportException { Failure: TransportFailure.Connection } => Silent("Nothing accepts connections there."),
        EwsTransportException { Failure: TransportFailure.TlsVersion } => Silent("It speaks only TLS 1.1 or older. Nothing was sent."),
        EwsTransportException { Failure: TransportFailure.Tls } => Silent("TLS could not be agreed on. Nothing was sent."),
        EwsTransportException { Failure: TransportFailure.Timeout } => Silent("No answer came within 10 seconds."),
        EwsTransportException { Failure: TransportFailure.NoChallenge or TransportFailure.ClosedDuringLogon } =>
            Failed("The connection ended between the steps of the NTLM logon, before the password was judged. Let proxies in between pass connections through unchanged."),
        EwsTransportException => Failed("The connection broke off."),
        EwsHttpException { Status: HttpStatusCode.Unauthorized } =>
            Failed(
                "The logon broke off before the password could be judged: the server asked anew, or its challenge was not one of NTLMv2."),
        EwsHttpException http => Of(http.Status),
        _ => Failed("It answered, but not as Autodiscover does."),
    };

    public static ProbeResult Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.OK => Failed("A web page answers there, not Autodiscover."),
        HttpStatusCode.NotFound => Failed("It has nothing at this path."),
        HttpStatusCode.Forbidden => Failed("It lets nobody in at this path (HTTP 403)."),
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => Busy($"It is busy (HTTP {(int)status}).", null),
        _ => Failed($"It answered HTTP {(int)status}."),
    };

    public static ProbeResult Of(AutodiscoverReply reply, string address) => reply switch
    {
        AutodiscoverReply.Refused { IsBusy: true } busy => Busy(AutodiscoverCodes.Words(busy.Code, address), busy.Code),
        AutodiscoverReply.Refused refused =>
            new(StepOutcome.Refused, AutodiscoverCodes.Words(refused.Code, address)) { Code = refused.Code },
        AutodiscoverReply.RedirectAddress redirect => HostLimits.DomainOf(redirect.Address) is null
            ? Failed("It sends us to another mail address, and what it names is none.")
            : new(StepOutcome.Redirected, $"It says that {redirect.Address} is the address to ask for.") { NewAddress = redirect.Address },
        AutodiscoverReply.RedirectUrl redirect => Leads(HostLimits.Https(redirect.Url)),
        AutodiscoverReply.Settings settings => Of(settings),
        _ => Failed("It answered, but not as Autodiscover does."),
    };

    public static ProbeResult Leads(Uri? target) => target is null
        ? Failed("It leads to an address that is not https, so nothing is sent there.")
        : new(StepOutcome.Redirected, $"It leads to {target}.") { Targets = [target] };

    public static ProbeResult Failed(string words) => new(StepOutcome.Failed, words);

    private static ProbeResult Of(AutodiscoverReply.Settings settings)
    {
        string?[] named = [settings.External, settings.Internal];
        var usable = named.OfType<string>().Select(HostLimits.Https).OfType<Uri>().Distinct().ToList();
        if (usable.Count > 0) return new(StepOutcome.Found, $"It names {string.Join(" and ", usable)}.") { Settings = settings };
        return Failed(named.Any(n => n is not null)
            ? "It names only addresses that are not https, and CleanSync sends no password there."
            : "It has settings of the mailbox, but no address of Exchange's web services.");
    }

    private static ProbeResult Silent(string words) => Failed(words) with { HostIsSilent = true };

    private static ProbeResult Busy(string words, string? code) => new(StepOutcome.Refused, words) { Code = code, IsBusy = true };
}

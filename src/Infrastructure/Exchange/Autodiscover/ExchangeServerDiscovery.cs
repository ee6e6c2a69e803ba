using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Traffic;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>Autodiscover as Exchange has it, over the connections and under the credential circuit that all calls to Exchange share.</summary>
internal sealed class ExchangeServerDiscovery(
    ExchangeRoutes routes, ResolveName resolve, FindServiceRecords find, ISecretVault vault, CredentialCircuit circuit, TimeProvider time) : IServerDiscovery
{
    public Task<DiscoveryReport> Discover(DiscoveryQuestion question, string password, CancellationToken ct) => Discover(question, password, (ask, _) => ask(), ct);

    public Task<DiscoveryReport> Discover(DiscoveryQuestion question, ExchangeIntegration integration, CancellationToken ct) =>
        Discover(question, vault.Open(integration.Id, integration.Account.SealedPassword), (ask, stop) => circuit.Use(integration, ask, stop), ct);

    private async Task<DiscoveryReport> Discover(DiscoveryQuestion question, string password, LogOn logOn, CancellationToken ct)
    {
        if (HostLimits.DomainOf(question.MailAddress) is not { } domain) return new DiscoveryReport(null, $"{question.MailAddress} has no domain that DNS could know.", [], [], [], []);
        var scheme = question.Authentication is AuthenticationType.Basic ? EwsAuthentication.Basic : EwsAuthentication.Ntlm;
        var calls = new AutodiscoverCalls(ExchangeRoutes.Trust(question.Trust), routes.Route, scheme, new EwsCredential(question.UserName, password), time);
        var limits = new HostLimits(domain, question.AllowedHosts);
        var service = new ServiceVisit(calls, logOn, question.ExchangeVersion);
        var run = new DiscoveryRun(service, new Pointers(calls, find), limits, Flavour.Of(question.ExchangeVersion));

        var settings = await run.Find(question.MailAddress, ct);
        var proposals = settings is null ? [] : await new AddressProposals(resolve, time).Of(settings, limits, ct);
        var best = proposals is [var first, ..] ? first.ServerAddress : null;
        var summary = best is null ? WhyNot(question, domain, service, run) : $"Exchange is at {best}. Nothing is saved yet: put this address, or another one of the list, into the integration.";
        return new DiscoveryReport(best, summary, proposals, settings?.Schemas ?? [], best is null ? run.Outside : [], run.Steps);
    }

    private static string WhyNot(DiscoveryQuestion question, string domain, ServiceVisit service, DiscoveryRun run)
    {
        if (service.RefusedAt is { } host) return $"{host} refused the logon of {question.UserName}, so Exchange did not tell its address. Check user name and password before you try again: a second wrong one may lock the account.";
        if (service.IsHeld) return $"Exchange refused the stored password of {question.UserName} before, so it was not sent. Save the right password, then try again.";
        if (run.Outside.Count > 0) return $"Nothing inside {domain} told the address; it leads to {string.Join(", ", run.Outside)}. If that is yours, send it as allowedHosts and try again.";
        return $"No Autodiscover service of {domain} told the address; the steps say why not. Enter the address by hand: it usually ends in /EWS/Exchange.asmx.";
    }
}

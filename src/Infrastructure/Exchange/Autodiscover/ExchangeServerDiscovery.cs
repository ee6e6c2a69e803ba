using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>
/// Autodiscover as Exchange has it, over the connections and under the credential circuit that all calls to Exchange share.
/// </summary>
internal sealed class ExchangeServerDiscovery(
    ExchangeRoutes routes,
    ResolveName resolve,
    FindServiceRecords find,
    OpenedPasswords passwords,
    CredentialCircuit circuit,
    LogonLimit limit,
    TimeProvider time) : IServerDiscovery
{
    public async Task<Result<DiscoveryReport>> Discover(DiscoveryQuestion question, string password, CancellationToken ct) =>
        await Held(question, ct) is { } held
            ? held
            : await Discover(
                question, password, null,
                (server, ask, stop) => limit.Try(question.UserName, server, question.TryAnyway, ask, stop), ct);

    public async Task<Result<DiscoveryReport>> Discover(DiscoveryQuestion question, ServerConnection server, CancellationToken ct)
    {
        if (await Held(question, ct) is { } held) return held;
        var wish = question.TryAnyway ? LogonWish.Anyway : LogonWish.Due;
        var credential = await passwords.Find(server, ct);
        if (credential.Refusal is { } shut) return shut;
        return await Discover(
            question,
            credential.Value.Password,
            server.Scope,
            (host, ask, stop) => circuit.Use(server, host, wish, ask, stop),
            ct);
    }

    /// <summary>Before any host is asked.</summary>
    private async Task<TooManyWrongPasswords?> Held(DiscoveryQuestion question, CancellationToken ct) =>
        question.TryAnyway ? null : await limit.WhyHeld(question.UserName, ct);

    private async Task<Result<DiscoveryReport>> Discover(
        DiscoveryQuestion question,
        string password,
        CredentialScope? stored,
        LogOn logOn,
        CancellationToken ct)
    {
        if (HostLimits.DomainOf(question.MailAddress) is not { } domain)
            return new DiscoveryReport(null, $"{question.MailAddress} has no domain that DNS could know.", [], [], null, [], []);
        var calls = new AutodiscoverCalls(
            ExchangeRoutes.Trust(question.Trust), routes.Route, new EwsCredential(question.UserName, password), time);
        var limits = new HostLimits(domain, question.AllowedHosts, stored);
        var service = new EndpointProbe(calls, logOn, question.Authentication, question.ExchangeVersion);
        var run = new DiscoveryRun(service, new Pointers(calls, find), limits, AutodiscoverProtocol.Of(question.ExchangeVersion));

        var settings = await run.Find(question.MailAddress, ct);
        var proposals = settings is null ? [] : await new AddressProposals(resolve, time).Of(settings, limits, ct);
        var best = proposals is [var first, ..] ? first.ServerAddress : null;
        var summary = best is null
            ? WhyNot(question, domain, service, run, stored is not null)
            : $"Exchange is at {best}. Nothing is saved yet: put this address, or another one of the list, into the integration.";
        return new DiscoveryReport(
            best, summary, proposals, settings?.Schemas ?? [], service.LoggedOnBy, best is null ? run.Outside : [], run.Steps);
    }

    private static string WhyNot(
        DiscoveryQuestion question,
        string domain,
        EndpointProbe service,
        DiscoveryRun run,
        bool isStored)
    {
        if (service.RefusedAt is { } host)
            return $"{host} refused the logon of {question.UserName}, so Exchange did not tell its address. Check user name and password before you try again: a second wrong one may lock the account.";
        if (service.HeldBack is TooManyWrongPasswords tooMany) return tooMany.Message;
        if (service.HeldBack is not null)
            return $"Exchange refused the stored password of {question.UserName} before, so it was not sent. Save the right password, then try again.";
        if (run.Outside.Count > 0) return $"Nothing inside {domain} told the address; it leads to {string.Join(", ", run.Outside)}. "
            + $"If that is yours, send it as allowedHosts{(isStored ? ", with the password," : "")} and try again.";
        return $"No Autodiscover service of {domain} told the address; the steps say why not. Enter the address by hand: it usually ends in /EWS/Exchange.asmx.";
    }
}

using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.EndToEndTests.Api;

/// <summary>A mail domain in which nothing was found, without a question to anybody.</summary>
internal sealed class ScriptedDiscovery : IServerDiscovery
{
    public Task<Result<DiscoveryReport>> Discover(DiscoveryQuestion question, string password, CancellationToken ct) =>
        Task.FromResult<Result<DiscoveryReport>>(new DiscoveryReport(null, "Nothing was found.", [], [], null, [], []));

    public Task<Result<DiscoveryReport>> Discover(DiscoveryQuestion question, ServerConnection server, CancellationToken ct) =>
        Discover(question, "", ct);
}

using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>A redirect is never followed, whoever sends it and wherever it points: no second request, and no credential.</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_host_ends_the_probe_and_nothing_arrives_there(int status)
    {
        await using var target = await SimulatedExchange.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        List<string?> seen = [];
        await using var server = await Redirecting(target.EwsUrl, status, seen, anonymousOnly: false);
        Assert.IsType<AddressIsNotExchange>(await Refusal(server, AuthenticationType.Ntlm));
        Assert.All(seen, Assert.Null);
        Assert.Equal(status == 302 ? 2 : 1, seen.Count); // what a gateway says to a GET is not its last word
        Assert.Equal(0, target.Requests.Count());
    }

    [Theory]
    [InlineData(AuthenticationType.Basic)]
    [InlineData(AuthenticationType.Ntlm)]
    public async Task A_redirect_of_the_logon_itself_takes_the_credential_nowhere(AuthenticationType scheme)
    {
        await using var target = await SimulatedExchange.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        List<string?> seen = [];
        await using var server = await Redirecting(target.EwsUrl, 302, seen, anonymousOnly: true);
        Assert.IsType<AddressIsNotExchange>(await Refusal(server, scheme));
        Assert.Contains(seen, authorization => authorization is not null);
        Assert.Equal(0, target.Requests.Count());
    }

    private static async Task<Error?> Refusal(WebApplication server, AuthenticationType scheme)
    {
        await using var cleanSync = new CleanSyncSide();
        return await cleanSync.Refusal(CleanSyncSide.Integration(new Uri($"{server.Urls.Single()}/EWS/Exchange.asmx"), scheme));
    }

    /// <param name="anonymousOnly">Requests without a credential are asked for one; those with one are redirected.</param>
    private static async Task<WebApplication> Redirecting(Uri target, int status, List<string?> seen, bool anonymousOnly)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context =>
        {
            var authorization = (string?)context.Request.Headers.Authorization;
            lock (seen) seen.Add(authorization);
            var asks = anonymousOnly && authorization is null;
            context.Response.StatusCode = asks ? 401 : status;
            if (asks) context.Response.Headers.WWWAuthenticate = "NTLM, Basic realm=\"x\"";
            else context.Response.Headers.Location = target.ToString();
            return context.Request.Body.CopyToAsync(Stream.Null);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}

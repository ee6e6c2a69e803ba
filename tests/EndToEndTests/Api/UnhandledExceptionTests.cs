using System.Net;
using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

public sealed class UnhandledExceptionTests : IDisposable
{
    private readonly ApiHost host = new();

    [Fact]
    public async Task Of_a_surprise_the_caller_learns_nothing_but_where_to_look()
    {
        var answer = await AnswerTo(new InvalidOperationException("secret of the inside"));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("urn:cleansync:unexpected", (await answer.Json()).Text("type"));
        Assert.NotEmpty((await answer.Json()).Text("traceId"));
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_failure_of_Exchange_says_its_reason_and_when_to_come_back()
    {
        var answer = await AnswerTo(
            new CalendarFailure(FailureReach.BackOff, new ExchangeIsBusy("server busy"), "ErrorServerBusy", TimeSpan.FromSeconds(29.5)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("urn:cleansync:exchange-is-busy", (await answer.Json()).Text("type"));
    }

    [Fact]
    public async Task A_node_whose_database_is_gone_is_alive_but_not_ready_and_every_call_says_why()
    {
        var caller = host.Caller();
        File.Move(Path.Combine(host.Folder, "cleansync.db"), Path.Combine(host.Folder, "elsewhere.db"));
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        foreach (var address in new[] { "/health/ready", "/api/v1/integrations", "/api/v1/staff" })
        {
            var answer = await caller.GetAsync(address, TestContext.Current.CancellationToken);
            var problem = await answer.Json();
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "urn:cleansync:database-is-not-ready"), (answer.StatusCode, problem.Text("type")));
            Assert.Contains("deleted or moved", problem.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_storage_refuses_is_no_fault_of_CleanSyncs()
    {
        var answer = await AnswerTo(new StorageFailure(StorageFault.DiskFull));
        var problem = await answer.Json();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:cleansync:database-is-not-ready"), (answer.StatusCode, problem.Text("type")));
        Assert.Contains("the disk is full", problem.Text("detail"), StringComparison.Ordinal);
    }

    public void Dispose() => host.Dispose();

    private Task<HttpResponseMessage> AnswerTo(Exception failure) =>
        Failing(failure).GetAsync("/api/v1/integrations", TestContext.Current.CancellationToken);

    private HttpClient Failing(Exception failure)
    {
        var client = host.WithWebHostBuilder(b => b.ConfigureTestServices(s =>
            s.Replace(
                ServiceDescriptor.Transient<IRequestHandler<ListIntegrations, IReadOnlyList<IntegrationView>>>(
                    _ => new Fails(failure))))).CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.Key);
        return client;
    }

    private sealed class Fails(Exception failure) : IRequestHandler<ListIntegrations, IReadOnlyList<IntegrationView>>
    {
        public Task<IReadOnlyList<IntegrationView>> Handle(ListIntegrations request, CancellationToken cancellationToken) => throw failure;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CleanSync.Api;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>The traceId of a problem finds the request in the log: where it went, who sent it, and what came of it.</summary>
public sealed class TraceTests
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_traceId_of_a_problem_finds_route_status_code_and_caller_and_nothing_that_was_sent()
    {
        await using var host =
            new CleanSyncHost
            {
                Replaced = s =>
                s.Replace(ServiceDescriptor.Transient<IRequestHandler<ListIntegrations, IReadOnlyList<IntegrationView>>, Fails>())
            };
        await host.Client(ct).Ok(HttpMethod.Post, "api-keys", new { name = "reception", role = "Scheduler" });
        var scheduler = (await host.Client(ct).Ok(HttpMethod.Post, "api-keys", new { name = "desk", role = "Scheduler" })).AsObject();
        var (admin, schedulerKey) = (TestKeys.Key(nameof(TestKeys.Admin), Domain.ApiKeys.Role.Admin).Id, scheduler.Text("key"));
        var desk = scheduler["apiKey"]!.Text("id");

        await Found(
            host,
            HttpMethod.Get,
            "/api/v1/staff/secret-staff/runs",
            TestKeys.Admin,
            $"GET /api/v1/staff/{{staffId}}/runs answered 404 staff-member-is-not-linked to ApiKey {admin}");
        await Found(
            host,
            HttpMethod.Get,
            "/api/v1/staff/secret-staff/runs",
            schedulerKey,
            $"GET /api/v1/staff/{{staffId}}/runs answered 403 role-may-not to ApiKey {desk}");
        await Found(
            host,
            HttpMethod.Get,
            "/api/v1/staff/secret-staff/runs",
            null,
            "GET /api/v1/staff/{staffId}/runs answered 401 credential-missing to nobody who is known");
        await Found(host, HttpMethod.Post, "/api/v1/appointments", schedulerKey, $"POST /api/v1/appointments answered 400 invalid-request to ApiKey {desk}", """{ "title": "secret-title" }""");
        await Found(
            host, HttpMethod.Get, "/secret-address", TestKeys.Admin, $"GET (no operation) answered 404 path-not-found to ApiKey {admin}");
        await Found(
            host,
            HttpMethod.Delete,
            "/api/v1/appointments",
            TestKeys.Admin,
            $"DELETE (no operation) answered 405 method-not-allowed to ApiKey {admin}");
        await Found(
            host,
            HttpMethod.Get,
            "/api/v1/integrations",
            TestKeys.Admin,
            $"GET /api/v1/integrations answered 500 unexpected to ApiKey {admin}",
            further: "secret-inside");
        Assert.All(
            ["secret-staff", "secret-title", "secret-address", schedulerKey],
            secret => Assert.DoesNotContain(secret, string.Join('\n', host.Logs.Ours), StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_on_the_console_says_under_which_trace_it_stands_and_nothing_breaks_out_of_it()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var framework = scopes.Push(new Dictionary<string, object?> { ["RequestPath"] = "/api/v1/staff/anna" });
        var written = new StringWriter();
        using var factory = LoggerFactory.Create(b => b.AddProvider(new Writing(scopes, written)));
        var logger = factory.CreateLogger("CleanSync.Test");
        using (logger.BeginScope("trace {TraceId}", "00-4bf9")) logger.LogWarning("Told by {Name}", "an\nna\u001b[31m");
        Assert.Equal(
            "2026-12-07T08:00:00.000Z warn: CleanSync.Test[0] => trace 00-4bf9 Told by an na [31m" + Environment.NewLine,
            written.ToString());
    }

    private async Task Found(
        CleanSyncHost host,
        HttpMethod method,
        string path,
        string? key,
        string expected,
        string? body = null,
        string? further = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        if (body is not null) request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        var answer = await host.CreateClient().SendAsync(request, ct);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        var traceId = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!.Text("traceId");
        var lines = host.Logs.Ours.Where(l => l.Contains(traceId, StringComparison.Ordinal)).ToList();
        Assert.All([expected, further ?? ""], words => Assert.Contains(words, string.Join('\n', lines), StringComparison.Ordinal));
    }

    private sealed class Fails : IRequestHandler<ListIntegrations, IReadOnlyList<IntegrationView>>
    {
        public Task<IReadOnlyList<IntegrationView>> Handle(ListIntegrations request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("secret-inside");
    }

    /// <summary>Hands each entry to the console's formatter, as the console does.</summary>
    private sealed class Writing(IExternalScopeProvider scopes, TextWriter written) : ILoggerProvider, ILogger
    {
        private readonly LogLine line = new(new FakeTimeProvider(new DateTimeOffset(2026, 12, 7, 8, 0, 0, TimeSpan.Zero)));
        private string category = "";

        public ILogger CreateLogger(string categoryName)
        {
            category = categoryName;
            return this;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            line.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), scopes, written);

        public void Dispose()
        {
        }
    }
}

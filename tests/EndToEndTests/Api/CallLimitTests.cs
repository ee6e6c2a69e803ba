using System.Net;
using CleanSync.Api.ExchangeIntegrations;
using CleanSync.Application;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>How often one caller may call, and how many are answered without a credential at once.</summary>
public sealed class CallLimitTests : IDisposable
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly ApiHost host = new();

    [Fact]
    public async Task A_key_has_so_many_calls_a_minute_and_no_other_key_pays_for_it()
    {
        using var limited = With("Limits:CallsPerMinute", "3");
        var (admin, scheduler) = (Caller(limited, ApiHost.Key), Caller(limited, Callers.Of("scheduler")));
        for (var call = 0; call < 3; call++) Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/v1/problems", ct)).StatusCode);
        var refused = await admin.GetAsync("/api/v1/integrations", ct);
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "urn:cleansync:too-many-calls"), (refused.StatusCode, (await refused.Json()).Text("type")));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, (await scheduler.GetAsync("/api/v1/problems", ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Caller(limited, null).GetAsync("/health/live", ct)).StatusCode);
    }

    [Fact]
    public async Task A_subject_of_the_issuer_is_limited_like_a_key_whatever_tokens_it_brings()
    {
        using var limited = With("Limits:CallsPerMinute", "1");
        var now = TimeProvider.System.GetUtcNow();
        HttpClient Bearing(DateTimeOffset at)
        {
            var client = Caller(limited, null);
            client.DefaultRequestHeaders.Authorization = new("Bearer", host.Issuer.Token(at));
            return client;
        }

        Assert.Equal(HttpStatusCode.OK, (await Bearing(now).GetAsync("/api/v1/problems", ct)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Bearing(now.AddSeconds(-5)).GetAsync("/api/v1/problems", ct)).StatusCode);
    }

    [Fact]
    public async Task Whoever_keeps_coming_without_a_good_credential_is_told_so_and_one_with_a_good_one_is_answered_all_the_time()
    {
        using var limited = With("Limits:RefusedPerMinute", "2");
        var stranger = Caller(limited, Callers.Of("never stored"));
        for (var call = 0; call < 2; call++) Assert.Equal(
            HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/problems", ct)).StatusCode);
        var refused = await stranger.GetAsync("/api/v1/problems", ct);
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "urn:cleansync:too-many-refused-credentials"),
            (refused.StatusCode, (await refused.Json()).Text("type")));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await Caller(limited, ApiHost.Key).GetAsync("/api/v1/problems", ct)).StatusCode);
    }

    [Fact]
    public async Task Open_addresses_answer_so_many_at_once_and_the_page_does_not_hold_up_the_health_checks()
    {
        var document = new HeldDocument();
        using var limited = With("Limits:OpenAtOnce", "1", ("Limits:OpenWaiting", "0"), s =>
            s.Replace(ServiceDescriptor.Transient<IAsyncSwaggerProvider>(_ => document)));
        var anybody = Caller(limited, null);
        var reading = anybody.GetAsync("/swagger/v1/swagger.json", ct);
        await document.Entered.Task.WaitAsync(ct);
        foreach (var path in new[] { "/swagger/v1/swagger.json", "/swagger/index.html", "/" })
        {
            var refused = await anybody.GetAsync(path, ct);
            Assert.Equal(
                (HttpStatusCode.TooManyRequests, "urn:cleansync:too-many-at-once"),
                (refused.StatusCode, (await refused.Json()).Text("type")));
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/live", ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Caller(limited, ApiHost.Key).GetAsync("/api/v1/problems", ct)).StatusCode);
        document.Release.SetResult();
        await reading;
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/swagger/index.html", ct)).StatusCode);
    }

    [Theory]
    [InlineData("Limits:CallsPerMinute", "0")]
    [InlineData("Limits:CallsPerMinute", "many")]
    [InlineData("Limits:OpenWaiting", "-1")]
    public void A_limit_that_is_no_number_says_so_at_start(string setting, string value)
    {
        using var limited = With(setting, value);
        Assert.Contains(setting, Assert.Throws<StartRefused>(() => limited.CreateClient()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_operation_documents_its_limit() => Assert.All(
        Contract.Document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()),
        operation =>
        {
            var answer = operation.Value!["responses"]!["429"]!;
            Assert.NotNull(answer["headers"]!["Retry-After"]);
            var problem = operation.Value["security"] is null ? "too-many-at-once" : "too-many-calls";
            Assert.NotNull(answer["content"]!["application/problem+json"]!["examples"]![problem]);
        });

    public void Dispose() => host.Dispose();

    private WebApplicationFactory<NewIntegration> With(
        string setting, string value, (string Setting, string Value)? further = null, Action<IServiceCollection>? services = null) =>
            host.WithWebHostBuilder(b =>
    {
        b.UseSetting(setting, value);
        if (further is { } more) b.UseSetting(more.Setting, more.Value);
        b.ConfigureTestServices(services ?? (_ => { }));
    });

    private static HttpClient Caller(WebApplicationFactory<NewIntegration> limited, string? key)
    {
        var client = limited.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (key is not null) client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private sealed class HeldDocument : IAsyncSwaggerProvider
    {
        public TaskCompletionSource Entered { get; } = new();

        public TaskCompletionSource Release { get; } = new();

        public async Task<OpenApiDocument> GetSwaggerAsync(string documentName, string? host = null, string? basePath = null)
        {
            Entered.SetResult();
            await Release.Task;
            return new OpenApiDocument { Info = new() { Title = "held", Version = "v1" }, Paths = [] };
        }
    }
}

using System.Net;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>In which order a request is judged: who calls, then whether the address takes it at all, then the role.</summary>
[Collection(nameof(OneApi))]
public sealed class MethodTests(ApiHost host)
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE", "/api/v1/integrations", null, "405 method-not-allowed")]
    [InlineData("PATCH", "/api/v1/staff/nobody/calendar", null, "405 method-not-allowed")]
    [InlineData("TRACE", "/api/v1/problems", null, "405 method-not-allowed")]
    [InlineData("POST", "/api/v1/integrations", "text/plain", "415 json-expected")]
    [InlineData("PUT", "/api/v1/staff/anna/link", "application/xml", "415 json-expected")]
    public async Task What_an_address_does_not_take_is_told_after_the_401_and_before_the_403(
        string method,
        string path,
        string? type,
        string expected)
    {
        foreach (var key in new[] { Callers.Of("scheduler"), Callers.Of("staff"), Callers.Of("other staff"), ApiHost.Key })
            Assert.Equal(expected, await Ask(host.Caller(key), method, path, type));
        Assert.Equal(expected, await Ask(host.Bearer(host.Issuer.Token(TimeProvider.System.GetUtcNow(), "visitor")), method, path, type));
        Assert.Equal("401 credential-missing", await Ask(host.Caller(key: null), method, path, type));
        Assert.Equal("401 api-key-wrong", await Ask(host.Caller(Callers.Of("never stored")), method, path, type));
    }

    [Fact]
    public async Task HEAD_and_OPTIONS_are_their_GET_for_whoever_may_and_for_whoever_may_not()
    {
        foreach (var operation in Contract.Operations.Where(o => o.Method == "GET"))
        {
            foreach (var caller in new[] { host.Caller(), host.Caller(Callers.Of("scheduler")), host.Caller(Callers.Of("other staff")),
                host.Caller(key: null) })
            {
                var (get, head, options) = (
                    await Send(caller, operation, "GET"), await Send(caller, operation, "HEAD"), await Send(caller, operation, "OPTIONS"));
                Assert.True(get.StatusCode == head.StatusCode, $"{operation}: GET {get.StatusCode}, HEAD {head.StatusCode}");
                Assert.Empty(await head.Content.ReadAsByteArrayAsync(ct));
                Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
                if (get.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                    Assert.Equal(get.StatusCode, options.StatusCode);
                else Assert.Equal((HttpStatusCode.NoContent, true), (options.StatusCode, options.Content.Headers.Allow.Contains("HEAD")));
            }
        }
    }

    [Fact]
    public async Task OPTIONS_names_every_method_of_the_address_and_carries_out_none()
    {
        var answer = await host.Caller().SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/v1/integrations"), ct);
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(ct));
        Assert.Equal("405 method-not-allowed", await Ask(host.Caller(), "OPTIONS", "/api/v1/appointments", null)); // it has no GET
    }

    private async Task<HttpResponseMessage> Send(HttpClient caller, Operation operation, string method)
    {
        var request = operation.Request();
        request.Method = new HttpMethod(method);
        return await caller.SendAsync(request, ct);
    }

    private async Task<string> Ask(HttpClient caller, string method, string path, string? type)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (type is not null) request.Content = new StringContent("x", new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        var answer = await caller.SendAsync(request, ct);
        return $"{(int)answer.StatusCode} {(await answer.Json()).Text("type").Replace("urn:cleansync:", "", StringComparison.Ordinal)}";
    }
}

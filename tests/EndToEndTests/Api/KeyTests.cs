using System.Net;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed class KeyTests(ApiHost host)
{
    public static TheoryData<string> Guarded => [.. Contract.Operations.Where(o => o.NeedsKey).Select(o => o.Id)];

    public static TheoryData<string> All => [.. Contract.Operations.Select(o => o.Id)];

    [Theory, MemberData(nameof(Guarded))]
    public async Task Without_a_key_nothing_is_carried_out(string operation)
    {
        var answer = await host.Caller(key: null).SendAsync(Named(operation).Request(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("urn:cleansync:credential-missing", (await answer.Json()).Text("type"));
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    [Theory, MemberData(nameof(Guarded))]
    public async Task With_a_wrong_key_nothing_is_carried_out(string operation)
    {
        var answer = await host.Caller(ApiHost.Key + "x").SendAsync(Named(operation).Request(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("urn:cleansync:api-key-wrong", (await answer.Json()).Text("type"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task With_the_key_every_example_gets_a_documented_answer(string operation)
    {
        var answer = await host.Caller().SendAsync(Named(operation).Request(), TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(Named(operation).Statuses.Contains((int)answer.StatusCode), $"{(int)answer.StatusCode} is not documented: {body}");
        Assert.False(
            answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError, body);
    }

    [Fact]
    public void Only_health_is_open() =>
        Assert.Equal(["isLive", "isReady"], Contract.Operations.Where(o => !o.NeedsKey).Select(o => o.Id).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/integrations")]
    [InlineData("/anything")]
    public async Task Unknown_addresses_need_the_key_too(string path)
    {
        Assert.Equal(
            HttpStatusCode.Unauthorized, (await host.Caller(null).GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        var answer = await host.Caller().GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("urn:cleansync:path-not-found", (await answer.Json()).Text("type"));
    }

    [Theory]
    [InlineData("/swagger/index.html", HttpStatusCode.OK)]
    [InlineData("/swagger/v1/swagger.json", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.Redirect)]
    public async Task Swagger_is_open(string path, HttpStatusCode expected) =>
        Assert.Equal(expected, (await host.Caller(null).GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);

    private static Operation Named(string id) => Contract.Operations.Single(o => o.Id == id);
}

using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed class ApiKeyStories(ApiHost host)
{
    [Fact]
    public async Task A_key_is_shown_once_and_works_until_it_is_revoked()
    {
        var made = await Make("""{ "name": "Front end", "role": "Scheduler" }""");
        var key = made.Text("key");
        Assert.StartsWith(made["apiKey"]!.Text("prefix"), key, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Get(key, $"/api/v1/appointments/{Guid.NewGuid()}")).StatusCode);

        var id = made["apiKey"]!.Text("id");
        var listed = await host.Caller().GetStringAsync("/api/v1/api-keys", TestContext.Current.CancellationToken);
        var read = await host.Caller().GetStringAsync($"/api/v1/api-keys/{id}", TestContext.Current.CancellationToken);
        Assert.All([listed, read], answer => Assert.Contains(id, answer, StringComparison.Ordinal));
        Assert.All([listed, read], answer => Assert.DoesNotContain(key[^43..], answer, StringComparison.Ordinal));

        var revoked = await host.Caller().PostAsync($"/api/v1/api-keys/{id}/revoke", null, TestContext.Current.CancellationToken);
        Assert.Equal("Revoked", (await revoked.Json()).Text("state"));
        Assert.Equal("urn:cleansync:api-key-is-revoked", (await (await Get(key, "/api/v1/problems")).Json()).Text("type"));
        var again = await host.Caller().PostAsync($"/api/v1/api-keys/{id}/revoke", null, TestContext.Current.CancellationToken);
        Assert.Equal((await revoked.Json()).Text("revokedAt"), (await again.Json()).Text("revokedAt"));
    }

    [Fact]
    public async Task The_database_holds_no_key()
    {
        var key = (await Make("""{ "name": "Hidden", "role": "Admin" }""")).Text("key");
        var secret = System.Text.Encoding.ASCII.GetBytes(key[^43..]);
        Assert.All(
            Directory.GetFiles(host.Folder).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)),
            file => Assert.True(Bytes(file).AsSpan().IndexOf(secret) < 0, file));
    }

    [Fact]
    public async Task A_use_is_noted_at_most_once_an_hour()
    {
        var made = await Make("""{ "name": "Counted", "role": "Scheduler" }""");
        Assert.Null(made["apiKey"]!["lastUsedAt"]);
        await Get(made.Text("key"), "/api/v1/problems");
        var first = (await Read(made)).Text("lastUsedAt");
        await Get(made.Text("key"), "/api/v1/problems");
        Assert.Equal(first, (await Read(made)).Text("lastUsedAt"));
    }

    [Fact]
    public async Task A_key_with_one_letter_changed_is_wrong()
    {
        var key = (await Make("""{ "name": "Almost", "role": "Admin" }""")).Text("key");
        var almost = key[..^2] + (key[^2] == 'A' ? 'B' : 'A') + key[^1];
        Assert.Equal("urn:cleansync:api-key-wrong", (await (await Get(almost, "/api/v1/problems")).Json()).Text("type"));
    }

    [Theory]
    [InlineData("""{ "name": "", "role": "Admin" }""", "name")]
    [InlineData("""{ "name": "x", "role": "Owner" }""", "role")]
    [InlineData("""{ "name": "x", "role": "Staff" }""", "staffId")]
    [InlineData("""{ "name": "x", "role": "Admin", "staffId": "anna" }""", "staffId")]
    [InlineData("""{ "name": "x", "role": "Admin", "expiresAt": "2020-01-01T00:00:00Z" }""", "expiresAt")]
    public async Task A_key_that_makes_no_sense_is_refused(string body, string field)
    {
        var answer = await host.Caller().PostAsync("/api/v1/api-keys", Bodies.Sent(body), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([field], (await answer.Json())["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task Two_keys_at_once_are_no_credential()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/problems");
        request.Headers.Add("X-Api-Key", [ApiHost.Key, ApiHost.Key]);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await host.Caller(key: null).SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task<JsonObject> Make(string body)
    {
        var answer = await host.Caller().PostAsync("/api/v1/api-keys", Bodies.Sent(body), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Json();
    }

    private async Task<JsonObject> Read(JsonObject made) =>
        await (
            await host.Caller().GetAsync($"/api/v1/api-keys/{made["apiKey"]!.Text("id")}", TestContext.Current.CancellationToken)).Json();

    private Task<HttpResponseMessage> Get(string key, string path) =>
        host.Caller(key).GetAsync(path, TestContext.Current.CancellationToken);

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

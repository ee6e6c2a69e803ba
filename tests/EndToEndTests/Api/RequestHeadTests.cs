using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>What is said over a real socket about a request that is too large, or not in an encoding of ours.</summary>
public sealed class RequestHeadTests : IDisposable
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly ApiHost host = new();
    private readonly Uri address;

    public RequestHeadTests()
    {
        host.UseKestrel(0);
        host.StartServer();
        address = host.ClientOptions.BaseAddress;
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_refused_with_a_problem()
    {
        Assert.Equal(
            "413 request-too-large",
            await Ask("POST /api/v1/appointments", "Content-Type: application/json", $"Content-Length: {300 * 1024}"));
        Assert.Equal(
            "413 request-too-large",
            await Ask(
                "POST /api/v1/appointments", "Content-Type: application/json\r\nTransfer-Encoding: chunked", body: Chunked(300 * 1024)));
        Assert.Equal("414 address-too-long", await Ask($"GET /api/v1/staff?search={new string('x', 9_000)}"));
        Assert.Equal("414 address-too-long", await Ask($"GET /{new string('x', 9_000)}", withKey: false));
        Assert.Equal("431 headers-too-large", await Ask("GET /api/v1/staff", $"X-Long: {new string('x', 40_000)}"));
        Assert.Equal(
            "431 headers-too-large",
            await Ask("GET /api/v1/staff", string.Join("\r\n", Enumerable.Range(0, 120).Select(i => $"X-{i}: 1"))));
    }

    [Fact]
    public async Task A_header_that_is_no_text_is_refused_by_its_name_and_UTF_8_is_read()
    {
        Assert.Equal("400 invalid-request X-Note", await Ask("GET /api/v1/staff", "X-Note: \u00ff\u00fe"));
        Assert.Equal("400 invalid-request X-Api-Key", await Ask("GET /api/v1/staff", "X-Api-Key: caf\u00e9", withKey: false));
        Assert.Equal("400 invalid-request If-Match", await Ask("DELETE /api/v1/staff/anna/link?copies=Keep", "If-Match: \u00e9"));
        Assert.Equal("200", await Ask("GET /api/v1/staff", $"X-Note: {Encoding.Latin1.GetString("Özil 安娜"u8)}"));
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_the_GET_and_no_body_and_the_connection_goes_on()
    {
        var answer =
            await Speak($"HEAD /api/v1/problems HTTP/1.1\r\nHost: x\r\nX-Api-Key: {ApiHost.Key}\r\n\r\nHEAD /swagger/v1/swagger.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        var parts = answer.Split("\r\n\r\n");
        Assert.Equal(3, parts.Length);
        Assert.All(parts[..2], p => Assert.StartsWith("HTTP/1.1 200", p, StringComparison.Ordinal));
        Assert.Contains("ETag", parts[1], StringComparison.Ordinal);
        Assert.Empty(parts[2]);
    }

    [Fact]
    public async Task Far_beyond_the_limits_Kestrel_itself_answers_with_the_bare_status()
    {
        Assert.StartsWith(
            "HTTP/1.1 414", await Speak($"GET /{new string('x', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 431",
            await Speak($"GET / HTTP/1.1\r\nHost: x\r\nX-Long: {new string('x', 70_000)}\r\n\r\n"),
            StringComparison.Ordinal);
    }

    public void Dispose() => host.Dispose();

    private static string Chunked(int bytes) => $"{bytes:x}\r\n{new string(' ', bytes)}\r\n0\r\n\r\n";

    /// <summary>The status, the problem's code, and the fields that it names.</summary>
    private async Task<string> Ask(
        string line,
        string headers = "",
        string? more = null,
        bool withKey = true,
        string body = "")
    {
        var key = withKey ? $"X-Api-Key: {ApiHost.Key}\r\n" : "";
        var answer =
            await Speak($"{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{key}{headers}{(headers.Length > 0 ? "\r\n" : "")}{(more is null ? "" : more + "\r\n")}\r\n{body}");
        var status = answer.Split(' ')[1];
        if (!answer.Contains("application/problem+json", StringComparison.Ordinal)) return status;
        var problem = JsonNode.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)])!;
        var fields = problem["errors"]?.AsObject().Select(e => e.Key) ?? [];
        return string.Join(
            ' ', fields.Prepend(problem.Text("type").Replace("urn:cleansync:", "", StringComparison.Ordinal)).Prepend(status));
    }

    private async Task<string> Speak(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, ct);
        await using var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), ct);
        }
        catch (IOException)
        {
            // refused before all of it was sent
        }

        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, ct);
        }
        catch (IOException)
        {
            // closed with some of the request unread
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }
}

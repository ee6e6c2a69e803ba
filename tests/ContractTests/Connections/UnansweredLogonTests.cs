using System.Net;
using System.Net.Sockets;
using System.Text;
using CleanSync.ContractTests.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>
/// A password that was sent and got no word counts as one that may have been wrong; one that did not leave counts as nothing.
/// </summary>
public sealed class UnansweredLogonTests : IDisposable
{
    private static readonly GetFolder Operation = new([new FolderRef.Distinguished("calendar", null)]);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public UnansweredLogonTests() => listener.Start();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => listener.Dispose();

    [Theory]
    [InlineData(null, true)] // hangs
    [InlineData("", true)] // hangs up
    [InlineData("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 99\r\n\r\ncut", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 99\r\n\r\n<cut", false)]
    public async Task What_was_sent_and_got_no_word_may_have_been_counted(string? answer, bool unanswered)
    {
        var call = Call("http", answer is null ? TimeSpan.FromSeconds(2) : TimeSpan.FromMinutes(1));
        using var caller = await listener.AcceptSocketAsync(Ct);
        Assert.Contains("Authorization: Basic", await Head(caller), StringComparison.Ordinal);
        if (answer is not null)
        {
            await caller.SendAsync(Encoding.ASCII.GetBytes(answer), Ct);
            caller.Shutdown(SocketShutdown.Both);
        }

        Assert.Equal(unanswered, (await Assert.ThrowsAsync<EwsTransportException>(() => call)).CredentialUnanswered);
    }

    [Fact]
    public async Task Where_nothing_accepts_connections_no_password_left()
    {
        var call = Call("http", TimeSpan.FromMinutes(1), () => listener.Stop());
        Assert.False((await Assert.ThrowsAsync<EwsTransportException>(() => call)).CredentialUnanswered);
    }

    [Fact]
    public async Task Where_TLS_hangs_no_password_left()
    {
        var call = Call("https", TimeSpan.FromSeconds(2));
        using var caller = await listener.AcceptSocketAsync(Ct);
        var failure = await Assert.ThrowsAsync<EwsTransportException>(() => call);
        Assert.Equal((TransportFailure.Timeout, false), (failure.Failure, failure.CredentialUnanswered));
    }

    private async Task Call(string scheme, TimeSpan timeout, Action? before = null)
    {
        var url = new Uri($"{scheme}://{listener.LocalEndpoint}/EWS/Exchange.asmx");
        before?.Invoke();
        using var client = new EwsClient(FakeServer.Endpoint with { Url = url, Timeout = timeout }, TimeProvider.System);
        await client.Send(Operation, FakeServer.Context, Ct);
    }

    private static async Task<string> Head(Socket caller)
    {
        var (head, buffer) = ("", new byte[4096]);
        while (!head.Contains("</s", StringComparison.Ordinal))
        {
            head += Encoding.ASCII.GetString(buffer, 0, await caller.ReceiveAsync(buffer, Ct));
        }
        return head;
    }
}

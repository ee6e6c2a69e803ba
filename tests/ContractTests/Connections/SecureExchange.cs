using System.Security.Cryptography.X509Certificates;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Certificates;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>A simulated Exchange behind TLS, with a certificate of an authority that was made for it.</summary>
internal sealed class SecureExchange : IAsyncDisposable
{
    public const string User = "svc@contoso.example";
    public const string Password = "Geheim-1";
    public const string Host = "mail.contoso.example";

    private readonly X509Certificate2 certificate;

    private SecureExchange(TestAuthority authority, X509Certificate2 certificate, SimulatedExchange exchange)
    {
        (Authority, this.certificate, Exchange) = (authority, certificate, exchange);
        Account = exchange.Organisation.AddAccount(User, Password);
        exchange.Organisation.GrantImpersonation(Account);
    }

    public TestAuthority Authority { get; }

    public X509Certificate2 Certificate => certificate;

    public SimulatedExchange Exchange { get; }

    public Account Account { get; }

    /// <summary>Addresses of the staff members who were added.</summary>
    public IReadOnlyList<string> Staff { get; private set; } = [];

    /// <summary>Under its name, which the other side must resolve to the loopback address.</summary>
    public Uri Url => new($"https://{Host}:{Exchange.BaseUrl.Port}/EWS/Exchange.asmx");

    public static async Task<SecureExchange> Start(
        SimulatorOptions? options = null, Func<TestAuthority, X509Certificate2>? certificate = null)
    {
        var authority = new TestAuthority(TimeProvider.System);
        var shown = certificate?.Invoke(authority) ?? authority.Issue([Host, "127.0.0.1"]);
        var exchange = await SimulatedExchange.StartAsync(
            (options ?? new SimulatorOptions()) with { Urls = "https://127.0.0.1:0", Certificate = shown },
            TestContext.Current.CancellationToken);
        return new SecureExchange(authority, shown, exchange);
    }

    public void AddStaff(int many)
    {
        Staff = [.. Enumerable.Range(0, many).Select(i => $"staff{i}@contoso.example")];
        EachMailbox((address, _) => Exchange.Organisation.AddMailbox(address));
    }

    public void EachMailbox(Action<string, int> what)
    {
        for (var i = 0; i < Staff.Count; i++) what(Staff[i], i);
    }

    /// <summary>One wrong password is enough for that.</summary>
    public void LockTheAccount()
    {
        Exchange.Organisation.LockoutAfter = 1;
        Account.LogOn(passwordIsRight: false, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync();
        certificate.Dispose();
        Authority.Dispose();
    }
}

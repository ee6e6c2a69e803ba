using System.Net;
using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure;
using CleanSync.Infrastructure.Exchange.Calls;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>The product's own connections to Exchange as its composition makes them; DNS answers as the test says.</summary>
internal sealed class CleanSyncSide : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly SemaphoreSlim storing = new(1, 1);
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-connections-").FullName;

    /// <param name="allowLocalAddresses">As in development.</param>
    /// <param name="resolve">What DNS answers; the loopback address when the test does not say.</param>
    public CleanSyncSide(bool allowLocalAddresses = true, bool allowPlainHttp = true, Func<string, IPAddress[]>? resolve = null)
    {
        var settings =
            new Dictionary<string, string?>
            {
                ["Connection:AllowLocalAddresses"] = $"{allowLocalAddresses}",
                ["Connection:AllowPlainHttp"] = $"{allowPlainHttp}",
                ["Database:Path"] = Path.Combine(folder, "cleansync.db")
            };
        var collection = new ServiceCollection().AddLogging()
            .AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        collection.Replace(ServiceDescriptor.Singleton<ISecretVault, OpenVault>());
        collection.Replace(
            ServiceDescriptor.Singleton<ResolveName>((name, _) => Task.FromResult(resolve?.Invoke(name) ?? [IPAddress.Loopback])));
        services = collection.BuildServiceProvider();
        services.MigrateDatabase().GetAwaiter().GetResult(); // the circuit and the pauses are stored
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public ExchangeCalls Calls => Get<ExchangeCalls>();

    public IConnectionDoctor Doctor => Get<IConnectionDoctor>();

    public IPasswordExpirySource PasswordExpiry => Get<IPasswordExpirySource>();

    public static ExchangeIntegration Integration(
        Uri address,
        AuthenticationType scheme = AuthenticationType.Ntlm,
        ServerTrust? trust = null,
        string user = SecureExchange.User,
        string password = SecureExchange.Password) => new()
        {
            Id = Guid.NewGuid(),
            DisplayName = "Contoso",
            ServerAddress = address,
            Trust = trust ?? ServerTrust.OfTheMachine,
            Authentication = scheme,
            Account = new ServiceAccount(user, System.Text.Encoding.UTF8.GetBytes(password), 1),
            ExchangeVersion = ExchangeVersion.Exchange2016,
            UseImpersonation = true,
            ShowEventTitles = false,
        };

    /// <summary>How the integration's server is called once it is stored as it is here: calls log on with what is stored.</summary>
    public async Task<ServerConnection> Stored(ExchangeIntegration integration)
    {
        var (integrations, ct) = (Get<IExchangeIntegrationRepository>(), TestContext.Current.CancellationToken);
        await storing.WaitAsync(ct);
        try
        {
            var found = await integrations.Find(integration.Id, ct);
            if (found?.Server != integration.Server with { Status = found?.Status ?? IntegrationStatus.Draft })
                Assert.False((await integrations.Save(integration with { Version = found?.Version ?? 0 }, ct)).IsRefused);
            return integration.Server;
        }
        finally
        {
            storing.Release();
        }
    }

    /// <summary>
    /// What authorizing does first: the probe without a credential, then one logon. Gives the refusal, or null when the account's calendar
    /// opened.
    /// </summary>
    public async Task<CalendarFailure?> Check(ExchangeIntegration integration)
    {
        try
        {
            var account = await Get<ICalendarDirectory>().CheckAccount(
                await Stored(integration), tryAnyway: false, TestContext.Current.CancellationToken);
            return account.OwnCalendarId is not null ? null : throw new InvalidOperationException("The account has no calendar.");
        }
        catch (CalendarFailure failure)
        {
            return failure;
        }
    }

    public async Task<Error?> Refusal(ExchangeIntegration integration) => (await Check(integration))?.Refusal;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        storing.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class OpenVault : ISecretVault
    {
        public Result<byte[]> Seal(Guid owner, string secret) => System.Text.Encoding.UTF8.GetBytes(secret);

        public Result<string> Open(Guid owner, byte[] sealedSecret) => System.Text.Encoding.UTF8.GetString(sealedSecret);
    }
}

using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>Two servers that know one account name, and CleanSync on a clock of the test's, where nothing happens by itself.</summary>
public abstract class AccountStories : IAsyncLifetime
{
    private protected const string Held = "urn:cleansync:too-many-wrong-passwords";
    private readonly TemporaryFolder data = new();

    private protected Organisation Here { get; private set; } = null!;

    private protected Organisation Elsewhere { get; private set; } = null!;

    private protected CleanSyncHost Host { get; private set; } = null!;

    private protected CleanSyncClient Api { get; private set; } = null!;

    private protected FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected int Failed => Account(Here).FailedLogons + Account(Elsewhere).FailedLogons;

    private protected int Succeeded => Account(Here).SuccessfulLogons + Account(Elsewhere).SuccessfulLogons;

    public async ValueTask InitializeAsync()
    {
        (Here, Elsewhere) = (await Organisation.Start("anna"), await Organisation.Start("bert"));
        Starts();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Here.DisposeAsync();
        await Elsewhere.DisposeAsync();
        data.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task Restart()
    {
        await Host.DisposeAsync();
        Starts();
    }

    private protected async Task<string> Problem(HttpMethod method, string path, object? body = null)
    {
        var (_, problem) = await Api.Send(method, path, body);
        return problem!["type"]!.GetValue<string>();
    }

    /// <summary>The problem of the logon with a password that is typed for a diagnosis; empty when it went well.</summary>
    private protected async Task<string> Diagnosed(JsonObject entered, string password) => Logon(
        await Api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, password)));

    /// <summary>The problem of the step that logs on; empty when it went well.</summary>
    private protected static string Logon(JsonNode report) =>
        report["steps"]!.AsArray().Single(s => s!["name"]!.GetValue<string>() == "Logon")!["problem"]?.GetValue<string>() ?? "";

    private protected static JsonObject Entered(Organisation exchange, string scheme = "Ntlm") => new()
    {
        ["displayName"] = "Head office",
        ["serverAddress"] = exchange.Exchange.EwsUrl.ToString(),
        ["authentication"] = scheme,
        ["exchangeVersion"] = "Exchange2016",
        ["useImpersonation"] = true,
        ["showEventTitles"] = true,
    };

    private protected static JsonObject With(JsonObject entered, string user, string password)
    {
        var body = entered.DeepClone().AsObject();
        (body["userName"], body["password"]) = (user, password);
        return body;
    }

    private protected static Account Account(Organisation exchange) => exchange.Exchange.Organisation.Account(Organisation.AccountName);

    private void Starts()
    {
        Host = new CleanSyncHost(data) { Replaced = services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)) };
        foreach (var heartbeat in new[] { "SyncHeartbeat", "PushInterval", "PasswordInterval", "IntegrationsHeartbeat" })
            Host.With($"Scheduling:{heartbeat}", "40.00:00:00");
        Api = Host.Client(Ct);
    }
}

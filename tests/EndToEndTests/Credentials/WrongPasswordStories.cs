using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>Wrong passwords as the directory counts them: for each account, whoever sends them.</summary>
public sealed class WrongPasswordStories : IAsyncLifetime
{
    private const string Held = "urn:cleansync:too-many-wrong-passwords";
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private readonly TemporaryFolder data = new();
    private Organisation here = null!, elsewhere = null!;
    private CleanSyncHost host = null!;
    private CleanSyncClient api = null!;

    public async ValueTask InitializeAsync()
    {
        (here, elsewhere) = (await Organisation.Start("anna"), await Organisation.Start("bert"));
        Starts();
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await here.DisposeAsync();
        await elsewhere.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task After_two_wrong_passwords_nothing_is_sent_by_any_request_to_any_server_for_half_an_hour_or_until_it_is_tried_anyway()
    {
        var draft = await api.Connect(here.Exchange.EwsUrl);
        var active = await api.Connect(elsewhere.Exchange.EwsUrl);
        await api.Authorize(active);
        var settings = await api.Settings(active);
        var entered = Entered(here);

        Assert.Equal("credential-refused", Logon(
            await api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, "SVC-Booking@Contoso.Example", "Wrong-1"))));
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-2" }));
        Assert.Equal(2, Failed);

        await host.DisposeAsync();
        Starts();
        var before = (Failed, Succeeded);
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{draft}/authorize"));
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{draft}/preview"));
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{active}/test"));
        Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{active}/discovery", new { }));
        Assert.Equal(Held, await Problem(
            HttpMethod.Post, "server-discoveries", new { userName = Organisation.AccountName, password = "Wrong-3" }));
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-3" }));
        settings["password"] = "Wrong-3";
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{active}", settings));
        Assert.Equal("too-many-wrong-passwords", Logon(
            await api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, "Wrong-3"))));
        Assert.Equal("too-many-wrong-passwords", Logon(
            await api.Ok(HttpMethod.Post, $"integrations/{draft}/diagnosis", new { tryCredential = true })));
        Assert.Equal(before, (Failed, Succeeded));

        var (status, problem) = await api.Send(HttpMethod.Post, $"integrations/{draft}/authorize");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains($"{clock.GetUtcNow().AddMinutes(30).UtcDateTime:HH:mm:ss} UTC", problem!["detail"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Contains("\"tryAnyway\": true", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        // Another way to write an account may be another account.
        Assert.NotEqual("too-many-wrong-passwords", Logon(
            await api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, "CONTOSO\\svc-booking", Organisation.Password))));

        await api.Ok(HttpMethod.Post, $"integrations/{draft}/authorize", new { tryAnyway = true });
        Assert.Contains((await api.AuditLog()), e =>
            e["action"]!.GetValue<string>() == "AuthorizeIntegration" && e["note"]?.GetValue<string>().Contains(
            "tried anyway", StringComparison.Ordinal) == true);
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-4" }));
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-5" }));
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-6" }));
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("urn:cleansync:new-password-is-refused", await Problem(
            HttpMethod.Put, $"integrations/{active}/password", new { password = "Wrong-7" }));
        Assert.Equal(5, Failed);
    }

    [Fact]
    public async Task Traffic_is_counted_and_held_too_and_goes_on_with_a_password_that_is_known_to_work()
    {
        var first = await api.Begin(here, "anna", "Basic");
        var second = await api.Begin(elsewhere, "bert", "Basic");

        // Two wrong ones that were typed: what works goes on.
        foreach (var wrong in new[] { "Wrong-1", "Wrong-2" }) await Problem(
            HttpMethod.Put, $"integrations/{first}/password", new { password = wrong });
        await api.Sync("anna");
        await api.Sync("bert");
        Assert.Equal(Held, await Problem(HttpMethod.Put, $"integrations/{first}/password", new { password = "Wrong-3" }));
        clock.Advance(TimeSpan.FromMinutes(31));
        await api.Sync("anna");
        await api.Sync("bert");
        var before = Failed;

        // Refused in traffic, and once more for an admin: the other integration's password of the same account, known to work a moment
        // ago, is not sent any more.
        foreach (var exchange in new[] { here, elsewhere }) Account(exchange).Password = "Changed-8";
        Assert.Equal("urn:cleansync:credential-refused", (await api.TrySync("anna")).Body!["type"]!.GetValue<string>());
        Assert.Equal("urn:cleansync:credential-refused", await Problem(HttpMethod.Post, $"integrations/{first}/test"));
        Assert.Equal(Held, (await api.TrySync("bert")).Body!["type"]!.GetValue<string>());
        Assert.Equal(before + 2, Failed);
        Assert.Equal("Active", (await api.Integration(second))["status"]!.GetValue<string>());

        await api.Ok(HttpMethod.Put, $"integrations/{first}/password", new { password = "Changed-8", tryAnyway = true });
        await api.Sync("anna");
        await api.Ok(HttpMethod.Put, $"integrations/{second}/password", new { password = "Changed-8" });
        await api.Sync("bert");
        Assert.Equal(before + 2, Failed);
    }

    [Fact]
    public async Task Six_wrong_passwords_at_once_are_two()
    {
        var integration = await api.Begin(here, "anna");
        var entered = Entered(here);
        await Task.WhenAll(Enumerable.Range(1, 6).Select(i => i % 2 == 0
            ? api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, $"Wrong-{i}"))
            : api.Send(HttpMethod.Put, $"integrations/{integration}/password", new { password = $"Wrong-{i}" }).ContinueWith(
                t => t.Result.Body!, TaskScheduler.Default)));
        Assert.Equal(2, Failed);
    }

    [Fact]
    public async Task A_success_at_another_server_does_not_end_the_count()
    {
        var (entered, other) = (Entered(here), Entered(elsewhere));
        await Diagnosed(entered, "Wrong-1");
        Assert.Equal("", await Diagnosed(other, Organisation.Password));
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-2"));
        Assert.Equal("too-many-wrong-passwords", await Diagnosed(entered, "Wrong-3"));
        Assert.Equal(2, Failed);
    }

    [Fact]
    public async Task A_logon_whose_caller_hangs_up_is_heard_to_its_end()
    {
        var entered = Entered(here);
        await Diagnosed(entered, "Wrong-1");
        using (var caller = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            var answer = here.Exchange.Faults.WithholdNext("GetFolder");
            var hasty = host.Client(caller.Token);
            var call = hasty.Send(HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, Organisation.Password));
            await answer.Reached.WaitAsync(ct);
            await caller.CancelAsync();
            answer.Release();
            Assert.True(await Record.ExceptionAsync(() => call) is null or OperationCanceledException);
        }

        // It worked, so the two that follow are the first two again.
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-2"));
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-3"));
        Assert.Equal("too-many-wrong-passwords", await Diagnosed(entered, "Wrong-4"));
        Assert.Equal(3, Failed);
    }

    private async Task<string> Diagnosed(JsonObject entered, string password) => Logon(
        await api.Ok(HttpMethod.Post, "integrations/diagnosis", With(entered, Organisation.AccountName, password)));

    private int Failed => Account(here).FailedLogons + Account(elsewhere).FailedLogons;

    private int Succeeded => Account(here).SuccessfulLogons + Account(elsewhere).SuccessfulLogons;

    private static Account Account(Organisation exchange) => exchange.Exchange.Organisation.Account(Organisation.AccountName);

    private void Starts()
    {
        host = new CleanSyncHost(data) { Replaced = services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)) };
        foreach (var heartbeat in new[] { "SyncHeartbeat", "PushSweep", "PasswordSweep", "IntegrationsHeartbeat" }) host.With(
            $"Scheduling:{heartbeat}", "40.00:00:00");
        api = host.Client(ct);
    }

    private async Task<string> Problem(HttpMethod method, string path, object? body = null)
    {
        var (_, problem) = await api.Send(method, path, body);
        return problem!["type"]!.GetValue<string>();
    }

    /// <summary>The problem of the step that logs on; empty when it went well.</summary>
    private static string Logon(JsonNode report) =>
        report["steps"]!.AsArray().Single(s => s!["name"]!.GetValue<string>() == "Logon")!["problem"]?.GetValue<string>() ?? "";

    private static JsonObject Entered(Organisation exchange) => new()
    {
        ["displayName"] = "Head office",
        ["serverAddress"] = exchange.Exchange.EwsUrl.ToString(),
        ["authentication"] = "Ntlm",
        ["exchangeVersion"] = "Exchange2016",
        ["useImpersonation"] = true,
        ["showEventTitles"] = true,
    };

    private static JsonObject With(JsonObject entered, string user, string password)
    {
        var body = entered.DeepClone().AsObject();
        (body["userName"], body["password"]) = (user, password);
        return body;
    }
}

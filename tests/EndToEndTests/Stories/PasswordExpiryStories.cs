using System.Text.Json.Nodes;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Faults;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The end of the service account's password is seen coming, and a server that does not tell changes nothing.</summary>
public sealed class PasswordExpiryStories
{
    private static readonly string[] Wordings = ["in less than 14 days", "in less than 7 days", "in less than a day", "expired on"];
    private static readonly DateTimeOffset Begin = new(2030, 6, 3, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_that_expires_is_warned_of_at_14_7_and_1_days_and_after_and_logged_once_each()
    {
        await using var exchange = await Organisation.Start("anna");
        var account = exchange.Exchange.Organisation.Account(Organisation.AccountName);
        account.PasswordExpiresAt = Begin.AddDays(16);
        using var logs = new CapturedLogs();
        await using var host = new ClockedHost(Begin, services => services.AddSingleton<ILoggerProvider>(logs));
        var api = host.Client(Ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        Assert.Equal("NotRead", (await Expiry(api, integration))["state"]!.GetValue<string>());
        await api.Authorize(integration);
        Assert.Equal(("Expires", null), State(await Expiry(api, integration)));

        var version = (await api.Ok(HttpMethod.Get, $"integrations/{integration}"))["version"]!.GetValue<int>();
        var warnings = new List<string?>();
        exchange.Exchange.Requests.Clear();
        for (var day = 0; day < 18; day++)
        {
            for (var round = 0; round < 4; round++)
            {
                host.Clock.Advance(TimeSpan.FromHours(6));
                await ReadExpiries(host);
            }

            warnings.Add(State(await Expiry(api, integration)).Warning);
        }

        Assert.Equal(18, exchange.Exchange.Requests.Count("GetPasswordExpirationDate"));
        Assert.Equal(Wordings, Told(warnings));
        Assert.Equal(4, logs.Text.Split("The password of integration").Length - 1);
        Assert.Equal(version, (await api.Ok(HttpMethod.Get, $"integrations/{integration}"))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_server_that_refuses_to_tell_changes_nothing_and_never_is_told_from_not_offered()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new ClockedHost(Begin);
        var api = host.Client(Ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Link(integration, "anna");
        await api.Authorize(integration);
        Assert.Equal(("NeverExpires", null), State(await Expiry(api, integration)));

        host.Clock.Advance(TimeSpan.FromDays(2));
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorInvalidRequest"), "GetPasswordExpirationDate");
        await ReadExpiries(host);
        var after = await api.Ok(HttpMethod.Get, $"integrations/{integration}");
        Assert.Equal(
            ("Active", "NotOffered"), (after["status"]!.GetValue<string>(), after["credentialExpiry"]!["state"]!.GetValue<string>()));
        await api.Sync("anna");

        host.Clock.Advance(TimeSpan.FromDays(2));
        exchange.Exchange.Faults.Next(new Fault.AbortBeforeEffect(), "GetPasswordExpirationDate");
        await ReadExpiries(host);
        Assert.Equal("NotOffered", State(await Expiry(api, integration)).State);
        await ReadExpiries(host);
        Assert.Equal("NeverExpires", State(await Expiry(api, integration)).State);
    }

    private static async Task ReadExpiries(ClockedHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ReadPasswordExpiries(), Ct);
    }

    private static async Task<JsonNode> Expiry(CleanSyncClient api, Guid integration) =>
        (await api.Ok(HttpMethod.Get, $"integrations/{integration}"))["credentialExpiry"]!;

    private static (string State, string? Warning) State(JsonNode expiry) =>
        (expiry["state"]!.GetValue<string>(), expiry["warning"]?.GetValue<string>());

    private static IEnumerable<string> Told(List<string?> warnings) =>
        warnings.OfType<string>().Select(w => Wordings.Single(words => w.Contains(words, StringComparison.Ordinal))).Distinct();
}

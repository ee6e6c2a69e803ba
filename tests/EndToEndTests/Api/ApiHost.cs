using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CleanSync.Api.ExchangeIntegrations;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Queue;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>The real API over a real database in a folder of its own; only Exchange is told what to answer.</summary>
public sealed class ApiHost : WebApplicationFactory<NewIntegration>
{
    internal static string Key => TestKeys.Admin;

    public string Folder { get; } = Directory.CreateTempSubdirectory("cleansync-api-").FullName;

    internal TestIssuer Issuer { get; } = new();

    internal ScriptedDirectory Exchange { get; } = new();

    /// <summary>An admin.</summary>
    public HttpClient Caller() => Caller(Key);

    public HttpClient Caller(string? key)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (key is not null) client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    public HttpClient Bearer(string token)
    {
        var client = Caller(key: null);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Jwt:Authority", TestIssuer.Address);
        builder.UseSetting("Jwt:Audience", TestIssuer.Audience);
        builder.UseSetting("Database:Path", Path.Combine(Folder, "cleansync.db"));
        builder.UseSetting("Scheduling:Enabled", "false");
        builder.UseSetting("Limits:RefusedPerMinute", "1000000");
        builder.UseSetting("Logging:LogLevel:Default", "None");
        builder.ConfigureTestServices(services =>
        {
            services.AddTestKeys(Callers.Keys);
            Issuer.Use(services);
            services.Replace(ServiceDescriptor.Singleton<ICalendarDirectory>(Exchange));
            services.Replace(ServiceDescriptor.Singleton<IServerDiscovery, ScriptedDiscovery>());
            services.Replace(ServiceDescriptor.Singleton<ICalendarQueue, SilentQueue>());
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private sealed class SilentQueue : ICalendarQueue
    {
        public void Add(CalendarWork work, IEnumerable<Guid> linkIds)
        {
        }
    }
}

[CollectionDefinition(nameof(OneApi))]
public sealed class OneApi : ICollectionFixture<ApiHost>;

internal static class Answers
{
    public static async Task<JsonObject> Json(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

    public static string Text(this JsonNode node, string member) => node[member]!.GetValue<string>();
}

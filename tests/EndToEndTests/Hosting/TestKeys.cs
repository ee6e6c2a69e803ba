using System.Security.Cryptography;
using System.Text;
using CleanSync.Application;
using CleanSync.Domain.ApiKeys;
using CleanSync.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>API keys that every test knows, put into the database before the first call.</summary>
internal static class TestKeys
{
    public static string Admin { get; } = Text(nameof(Admin)).Text;

    /// <summary>The same name always gives the same key.</summary>
    public static KeyText Text(string name) => KeyText.Of(SHA512.HashData(Encoding.UTF8.GetBytes(name)));

    public static ApiKey Key(string name, Role role, string? staffId = null) => new()
    {
        Id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name))[..16]),
        Lookup = Text(name).Lookup,
        Hash = Text(name).Hash,
        Name = name,
        Role = role,
        StaffId = staffId,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public static IServiceCollection AddTestKeys(this IServiceCollection services, params ApiKey[] further) =>
        services.AddSingleton<IHostedService>(
            provider => new Seeding(provider.GetRequiredService<IApiKeyRepository>(), [Key(nameof(Admin), Role.Admin), .. further]));

    /// <summary>Into a database that no process has.</summary>
    public static async Task Put(TemporaryFolder data, CancellationToken ct)
    {
        var settings = HostSettings.Of(data).ToDictionary(s => s.Key, s => (string?)s.Value);
        await using var services = new ServiceCollection().AddLogging().AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        await services.MigrateDatabase();
        await services.GetRequiredService<IApiKeyRepository>().Save(Key(nameof(Admin), Role.Admin), ct);
    }

    private sealed class Seeding(IApiKeyRepository keys, IReadOnlyList<ApiKey> known) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (var key in known) await keys.Save(key, cancellationToken); // refused when it is there from an earlier life
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

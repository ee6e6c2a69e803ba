using CleanSync.Model.Databases;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>Settings that every test's application has in common.</summary>
internal static class HostSettings
{
    public static IEnumerable<KeyValuePair<string, string>> Of(TemporaryFolder data) =>
    [
        new("Database:Path", data.DatabasePath),
        new("Connection:AllowPlainHttp", "true"),
        new("Connection:AllowLocalAddresses", "true"),
        new("Scheduling:SyncHeartbeat", "1.00:00:00"),
        new("Scheduling:PushInterval", "1.00:00:00"),
        new("Scheduling:PasswordInterval", "1.00:00:00"),
        new("Sync:PollInterval", "00:00:01"),
        new("Notifications:Enabled", "false"),
        .. data.ConnectionString is { } server ? TestDatabases.Settings(server) : [],
    ];
}

using CleanSync.Application;
using CleanSync.Application.Syncing;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Postgres;
using CleanSync.StorageTests.Databases;
using Dapper;
using Npgsql;
using Xunit;

namespace CleanSync.StorageTests.Postgres;

/// <summary>The connection strings that are really used.</summary>
public sealed class PostgresSettingsTests(TemporaryPostgres db) : IClassFixture<TemporaryPostgres>
{
    private const string Plain = "Host=db;Database=cleansync;Username=app;Password=geheim";

    [Fact]
    public void What_the_admin_does_not_state_is_set()
    {
        var settings = Of(Plain, TimeSpan.FromMinutes(5));
        foreach (var text in new[] { settings.Writers, settings.Readers, settings.Unpooled })
        {
            var used = new NpgsqlConnectionStringBuilder(text);
            Assert.Equal(
                (GssEncryptionMode.Disable, 30, "CleanSync", "geheim"),
                (used.GssEncryptionMode, used.KeepAlive, used.ApplicationName, used.Password));
        }

        var writers = new NpgsqlConnectionStringBuilder(settings.Writers);
        Assert.Equal((30, 40, 256, true), (writers.CommandTimeout, writers.MaxPoolSize, writers.MaxAutoPrepare, writers.Pooling));
        Assert.Equal("-c idle_in_transaction_session_timeout=150s -c lock_timeout=10s", writers.Options);
        var readers = new NpgsqlConnectionStringBuilder(settings.Readers);
        Assert.Equal("-c idle_in_transaction_session_timeout=150s -c default_transaction_read_only=on", readers.Options);
        var unpooled = new NpgsqlConnectionStringBuilder(settings.Unpooled);
        Assert.Equal((0, false, ""), (unpooled.CommandTimeout, unpooled.Pooling, unpooled.Options ?? ""));
    }

    [Fact]
    public void What_the_admin_states_counts()
    {
        var used = new NpgsqlConnectionStringBuilder(Of(
            Plain + ";GSS Encryption Mode=Prefer;Keepalive=7;Command Timeout=8;ApplicationName=other;Maximum Pool Size=9;Options=-c lock_timeout=1s",
            TimeSpan.FromMinutes(5)).Writers);
        Assert.Equal(
            (GssEncryptionMode.Prefer, 7, 8, "other", 9),
            (used.GssEncryptionMode, used.KeepAlive, used.CommandTimeout, used.ApplicationName, used.MaxPoolSize));
        Assert.EndsWith("-c lock_timeout=1s", used.Options, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_outlives_a_short_lease()
    {
        var used = new NpgsqlConnectionStringBuilder(Of(Plain, TimeSpan.FromSeconds(20)).Writers);
        Assert.Equal(5, used.CommandTimeout);
        Assert.Equal("-c idle_in_transaction_session_timeout=10s -c lock_timeout=2s", used.Options);
    }

    [Fact]
    public async Task The_server_has_them()
    {
        await using var connection = await db.Store.Read(TemporaryDatabase.Ct);
        Assert.Equal("2min30s", (await connection.QueryAsync<string>("show idle_in_transaction_session_timeout")).Single().Replace("150s", "2min30s", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("delete from nodes"));
        Assert.Equal("25006", refused.SqlState);
    }

    [Theory]
    [InlineData("", "is not given")]
    [InlineData("Host=db;geheim", "is no connection string")]
    [InlineData("Host=db;Database=x;Username=u;Colour=geheim", "part 'colour'")]
    [InlineData("Host=db;Database=x;Username=u;Port=geheim", "part 'port'")]
    [InlineData("Database=x;Username=u;Password=geheim", "does not say the Host")]
    [InlineData("Host=db;Username=u;Password=geheim", "does not say the Database")]
    [InlineData("Host=db;Database=x;Password=geheim", "does not say the Username")]
    [InlineData(Plain + ";Multiplexing=true", "switches Multiplexing on")]
    [InlineData(Plain + ";Pooling=false", "switches Pooling off")]
    public void What_cannot_be_used_is_named_without_what_may_be_secret(string text, string why)
    {
        var refused = Assert.Throws<StartRefused>(() => Of(text, TimeSpan.FromMinutes(5)));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refused.ToString(), StringComparison.Ordinal);
    }

    private static PostgresSettings Of(string text, TimeSpan lease) => PostgresSettings.Of(
        new DatabaseOptions { Provider = DatabaseProvider.Postgres, ConnectionString = text }, new SyncOptions { LeaseFor = lease });
}

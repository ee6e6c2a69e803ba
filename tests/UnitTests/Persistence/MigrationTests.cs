using System.Text.Encodings.Web;
using System.Text.Json;
using CleanSync.Application.AuditLog;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.UnitTests.Persistence;

/// <summary>A database that an earlier version left is brought to this one.</summary>
public sealed class MigrationTests : IDisposable
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Events_from_before_meeting_responses_know_none_and_are_read_again_and_links_find_their_place_in_the_list()
    {
        var path = Path.Combine(folder, "cleansync.db");
        Upgrade(path, upTo: "0002-");
        var (integration, link, row) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var before = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            foreach (var (table, values) in new (string, Dictionary<string, object>)[]
            {
                (
                    "exchange_integrations",
                    new()
                    {
                        ["id"] = StoredText.Of(integration),
                        ["server_address"] = "https://mail.contoso.example/EWS/Exchange.asmx",
                        ["authentication"] = "Ntlm",
                        ["exchange_version"] = "Exchange2016",
                        ["status"] = "Active",
                        ["sealed_password"] = "AQ==",
                        ["projection_version"] = 7
                    }),
                (
                    "staff_calendar_links",
                    new()
                    {
                        ["id"] = StoredText.Of(link),
                        ["integration_id"] = StoredText.Of(integration),
                        ["staff_id"] = "anna",
                        ["staff_name"] = "Änne Özil",
                        ["health_state"] = "Warning",
                        ["enabled"] = 1,
                        ["projection_version"] = 7
                    }),
                (
                    "synced_events",
                    new()
                    {
                        ["id"] = StoredText.Of(row),
                        ["link_id"] = StoredText.Of(link),
                        ["kind"] = "External",
                        ["identity"] = "item:A",
                        ["free_busy"] = "Busy",
                        ["push_state"] = "None",
                        ["projection_version"] = 7
                    }),
            }) Insert(before, table, values);
        }

        using var store = new Database(new DatabaseOptions { Path = path });
        var titles = new ExchangeTitles(store);
        await new DatabaseMigration(store, new DatabaseOptions { Path = path }, titles).Run(Ct);
        Assert.Equal(MeetingResponse.None, (await new SyncedEventRepository(store, titles).Find(row, Ct))!.MyResponse);
        Assert.Equal(("ANNE OZIL", 1L), Stored(path));
        Assert.Equal(8, (await new ExchangeIntegrationRepository(store, null!).Find(integration, Ct))!.ProjectionVersion);
    }

    [Fact]
    public async Task Entries_of_the_audit_log_from_before_lose_the_names_in_them_to_where_they_can_be_blanked()
    {
        var path = Path.Combine(folder, "cleansync.db");
        Upgrade(path, upTo: "0018-");
        const string staff = """{"staffId":"anna","staffName":"Anna Adler","mailboxAddress":"anna@contoso.example","reason":"no mailbox anna@contoso.example","problem":"mailbox-not-found","lastError":{"problem":"x","reason":"anna@contoso.example"}}""";
        const string key = """{"name":"Anna's phone","staffId":"anna"}""", other = """{"name":"Booking product","staffId":null}""";
        await using (var before = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            foreach (var view in new[] { staff, key, other })
                Insert(
                    before,
                    "audit_entries",
                    new()
                    {
                        ["id"] = StoredText.Of(Guid.CreateVersion7()),
                        ["happened_at"] = StoredText.Of(TemporaryDatabase.Now),
                        ["actor_kind"] = "System",
                        ["view"] = view
                    });
        }

        using var store = new Database(new DatabaseOptions { Path = path });
        await new DatabaseMigration(store, new DatabaseOptions { Path = path }, new ExchangeTitles(store)).Run(Ct);
        Assert.Equal(
            [
                """{"name":"Anna's phone","staffId":"anna"}""",
                """{"name":"Booking product","staffId":null}""",
                """{"staffId":"anna","staffName":"Anna Adler","mailboxAddress":"anna@contoso.example","problem":"mailbox-not-found","lastError":{"problem":"x"}}""",
            ],
            (await Views(store)).Order(StringComparer.Ordinal));
        await new AuditRecords(store).Blank("anna", Ct);
        Assert.DoesNotContain(
            await Views(store),
            v => v.Contains("Anna", StringComparison.OrdinalIgnoreCase) && !v.Contains("\"staffId\":\"anna\"", StringComparison.Ordinal));
        Assert.Contains("""{"staffId":"anna","staffName":"(erased)","mailboxAddress":"(erased)","problem":"mailbox-not-found","lastError":{"problem":"x"}}""", await Views(store));
        Assert.Throws<SqliteException>(
            () => store.Exclusively(connection => connection.Execute("update audit_entries set view = null"), Ct).GetAwaiter().GetResult());
    }

    private static async Task<IReadOnlyList<string>> Views(Database store) =>
        [.. (await new ListAuditEntriesHandler(store)
            .Handle(new ListAuditEntries(null, null, null, null, null, 10), Ct)).Entries.Select(e => e.Before!.ToJsonString(Relaxed))];

    /// <summary>What the user accounts list needs of links from before it.</summary>
    private static (string NameKey, long Group) Stored(string path)
    {
        using var after = new SqliteConnection($"Data Source={path};Pooling=False");
        return after.QuerySingle<(string, long)>("select name_key, account_group from staff_calendar_links");
    }

    private static void Upgrade(string path, string upTo)
    {
        var scripts = DeployChanges.To.SqliteDatabase($"Data Source={path};Pooling=False")
            .WithScriptsEmbeddedInAssembly(
                typeof(Database).Assembly,
                name => name.Contains(".Migrations.", StringComparison.Ordinal)
                    && string.CompareOrdinal(name.Split(".Migrations.")[1][..5], upTo) <= 0)
            .WithVariablesDisabled().LogToNowhere().Build();
        Assert.True(scripts.PerformUpgrade().Successful);
    }

    /// <summary>One row; columns that it must have and that do not matter are 0 or empty.</summary>
    private static void Insert(SqliteConnection connection, string table, Dictionary<string, object> values)
    {
        foreach (var column in connection.Query($"select name, type from pragma_table_info('{table}') where \"notnull\" = 1"))
            values.TryAdd((string)column.name, string.Equals((string)column.type, "integer", StringComparison.OrdinalIgnoreCase) ? 0 : "");
        var names = string.Join(", ", values.Keys);
        connection.Execute($"insert into {table} ({names}) values ({string.Join(", ", values.Keys.Select(k => "@" + k))})", values);
    }
}

using CleanSync.Infrastructure.Persistence.Postgres.Start;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.StorageTests.Databases;
using Dapper;
using Npgsql;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>The schema is the same in both databases, each in its own types.</summary>
public sealed class PostgresSchemaTests(TemporaryPostgres db, TemporarySqlite sqlite)
    : IClassFixture<TemporaryPostgres>, IClassFixture<TemporarySqlite>
{
    [Fact]
    public async Task Tables_views_and_columns_are_the_same()
    {
        var ours = await Ask(db, """
            select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
                and c.relname <> 'schemaversions' and c.relname not like 'qrtz\_%' -- the scheduler's, which one node has in memory
            """);
        var theirs = await Ask(sqlite, """
            select t.name || '.' || c.name from sqlite_master t, pragma_table_info(t.name) c
            where t.type in ('table', 'view') and lower(t.name) <> 'schemaversions' and t.name not like 'sqlite_%'
            """);
        Assert.True(ours.Count > 300);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public async Task Indexes_have_the_same_names_on_the_same_columns()
    {
        var ours = await Ask(db, """
            select i.relname || case when x.indisunique then ' unique on ' else ' on ' end || t.relname from pg_index x
            join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
            where i.relnamespace = 'public'::regnamespace and not x.indisprimary and t.relname not like 'qrtz\_%'
            """);
        var theirs = await Ask(sqlite, """
            select name || case when sql like '%unique index%' then ' unique on ' else ' on ' end || tbl_name from sqlite_master
            where type = 'index' and sql is not null
            """);
        Assert.True(ours.Count > 30);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public async Task Every_text_compares_bytewise_whatever_the_operating_system_thinks_of_an_order()
    {
        const string sql = """
            select c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and a.attcollation <> 0
                and a.attcollation <> '"C"'::regcollation
            """;
        Assert.Empty(await Ask(db, sql));
        await db.Store.Execute("create table other_order (name text)", new { }, Ct);
        Assert.Equal(["other_order.name"], await Ask(db, sql)); // the question can find one
        await db.Store.Execute("drop table other_order", new { }, Ct);
    }

    [Fact]
    public async Task A_lease_is_renewed_within_its_page()
    {
        Assert.Equal(["fillfactor=60"], await Ask(db, "select unnest(reloptions) from pg_class where relname = 'mailbox_leases'"));
        var lease = (await db.Leases.TryTake(db.Link.Id, "node", TimeSpan.FromMinutes(5), Ct))!;
        for (var n = 0; n < 20; n++) Assert.True(await db.Leases.Renew(lease, TimeSpan.FromMinutes(6 + n), Ct));
        await using var connection = await db.Store.Writer(Ct);
        await connection.ExecuteAsync("select pg_stat_force_next_flush()");
        var (all, hot) = await connection.QuerySingleAsync<(long, long)>(
            "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relname = 'mailbox_leases'");
        Assert.Equal(all, hot);
    }

    [Fact]
    public void Each_database_runs_its_own_scripts_only()
    {
        var all = typeof(PostgresScripts).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).ToList();
        Assert.Equal(all.Order(), all.Where(PostgresScripts.IsOurs).Concat(all.Where(DatabaseFile.IsOurs)).Order());
        Assert.DoesNotContain(all, name => PostgresScripts.IsOurs(name) && DatabaseFile.IsOurs(name));
        Assert.Contains(all, PostgresScripts.IsOurs);
        Assert.Contains(all, DatabaseFile.IsOurs);
    }

    [Theory]
    [InlineData("update audit_entries set subject = 'other'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries, audit_names")]
    [InlineData("insert into audit_entries (id, happened_at, actor_kind, actor_id, actor_name, action, subject, dry_run) select id, happened_at, 'x', 'x', 'x', 'x', 'x', dry_run from audit_entries on conflict (id) do update set subject = 'other'")]
    public async Task What_is_written_in_the_audit_log_stays(string sql)
    {
        await db.Store.Execute("""
            insert into audit_entries (id, happened_at, actor_kind, actor_id, actor_name, action, subject, dry_run)
            values (@id, @Now, 'k', 'i', 'n', 'a', 's', false)
            """, new { id = Guid.CreateVersion7(), Now }, Ct);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => db.Store.Execute(sql, new { }, Ct));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> Ask(TemporaryDatabase database, string sql)
    {
        await using var connection = await database.Store.Read(Ct);
        return [.. (await connection.QueryAsync<string>(sql)).Order(StringComparer.Ordinal)];
    }
}

using CleanSync.Infrastructure.Persistence.Moving;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres.Moving;

/// <summary>The tables that there are, as the server itself describes them: a new one cannot be forgotten.</summary>
internal static class PostgresCatalogue
{
    /// <summary>
    /// Without dbup's own, and those of the scheduler, which each start fills anew. The server writes the statements: it quotes its names.
    /// </summary>
    private const string Tables = """
        with ours as (
            select c.oid, c.relname from pg_class c
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'schemaversions'
                and c.relname not like 'qrtz\_%'),
        keys as (
            select o.oid, array_agg(a.attname::text order by k.place) as names,
                string_agg(quote_ident(a.attname), ', ' order by k.place) as list
            from ours o join pg_index i on i.indrelid = o.oid and i.indisprimary
            join lateral unnest(i.indkey::smallint[]) with ordinality k(attnum, place) on true
            join pg_attribute a on a.attrelid = o.oid and a.attnum = k.attnum
            group by o.oid),
        columns as (
            select o.oid, array_agg(a.attname::text order by a.attnum) as names,
                array_agg(a.atttypid::regtype::text order by a.attnum) as types,
                string_agg(quote_ident(a.attname), ', ' order by a.attnum) as list
            from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
            group by o.oid),
        parents as (
            select f.conrelid as oid, array_agg(distinct p.relname::text) as names
            from pg_constraint f join pg_class p on p.oid = f.confrelid
            where f.contype = 'f' and f.conrelid <> f.confrelid
            group by f.conrelid)
        select o.relname::text, c.names, c.types, k.names, coalesce(p.names, array[]::text[]),
            format('select %s from %I order by %s', c.list, o.relname, k.list),
            format('select exists (select 1 from %I)', o.relname),
            format('copy %I (%s) from stdin (format binary)', o.relname, c.list)
        from ours o join columns c on c.oid = o.oid left join keys k on k.oid = o.oid left join parents p on p.oid = o.oid
        order by o.relname
        """;

    public static async Task<IReadOnlyList<MovedTable>> Read(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = new List<MovedTable>();
        await using var command = new NpgsqlCommand(Tables, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (names, types) = (reader.GetFieldValue<string[]>(1), reader.GetFieldValue<string[]>(2));
            tables.Add(new MovedTable(
                reader.GetString(0),
                [.. names.Zip(types, (name, type) => new MovedColumn(name, TypeOf(type)))],
                reader.GetFieldValue<string[]>(3),
                reader.GetFieldValue<string[]>(4),
                new MoveStatements(reader.GetString(5), reader.GetString(6), reader.GetString(7))));
        }

        return tables;
    }

    /// <summary>The way back from <see cref="PostgresForm.TypeOf"/>.</summary>
    private static Type TypeOf(string type) => type switch
    {
        "text" => typeof(string),
        "uuid" => typeof(Guid),
        "timestamp with time zone" => typeof(DateTimeOffset),
        "date" => typeof(DateOnly),
        "boolean" => typeof(bool),
        "integer" => typeof(int),
        "bigint" => typeof(long),
        "double precision" => typeof(double),
        _ => throw new NotSupportedException($"Teach {nameof(PostgresCatalogue)} what CleanSync has for PostgreSQL's type {type}."),
    };
}

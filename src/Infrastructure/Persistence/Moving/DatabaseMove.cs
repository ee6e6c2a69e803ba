using System.Globalization;
using CleanSync.Application;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Moving;

/// <summary>
/// Copies a whole database into an empty one of another kind, compares both, and marks the first as moved. The mark and the copy are
/// committed together, as far as two databases can: a process that ends in between leaves a copy and no mark, and the next run finds that
/// both hold the same, and marks the first.
/// </summary>
/// <param name="tell">Gets a line for each step.</param>
internal sealed class DatabaseMove(IMovedFile source, IMoveTarget target, TimeProvider time, Action<string> tell)
{
    /// <summary>How many rows were copied, of all tables together.</summary>
    /// <exception cref="StartRefused">It cannot be done as things are; nothing was changed.</exception>
    /// <exception cref="StorageFailure">The target failed at the end.</exception>
    public async Task<long> Run(CancellationToken ct)
    {
        await target.Take(ct);
        var all = await target.Tables(ct);
        await DemandSameTables(all, ct);
        var tables = MovedTable.InOrder(all);
        var installation = await Installation(ct);
        var isThere = await target.Installation(ct) == installation;
        if (isThere) tell("The target holds this installation already; it is compared.");
        else await Copy(all, tables, ct);
        var rows = await Compare(tables, isThere, ct);
        await target.Name(installation, ct);
        await Mark(ct);
        return rows;
    }

    private async Task Copy(IReadOnlyList<MovedTable> all, IReadOnlyList<MovedTable> tables, CancellationToken ct)
    {
        foreach (var table in all.Where(t => t.Name is not ("installation" or "readiness_probe")))
        {
            if (!await target.HasRows(table, ct)) continue;
            throw new StartRefused(
                $"The database {target.Place} is not empty: {table.Name} has rows, and nothing in it was changed. Create an empty database, "
                + "start no server on it, and give the command again.");
        }

        await using var connection = await source.Database.Read(ct);
        for (var i = 0; i < tables.Count; i++)
        {
            var (table, place) = (tables[i], string.Create(CultureInfo.InvariantCulture, $"{i + 1} of {tables.Count}"));
            await using var rows = await connection.ExecuteReaderAsync(
                new CommandDefinition(table.Statements.Rows, cancellationToken: ct));
            var copied = await target.Copy(table, rows, some => tell($"{place}: {table.Name}, {Rows(some)} so far"), ct);
            tell($"{place}: {table.Name}, {Rows(copied)}");
        }
    }

    /// <summary>Both are read again from the beginning, in the same way.</summary>
    private async Task<long> Compare(IReadOnlyList<MovedTable> tables, bool wasThere, CancellationToken ct)
    {
        var count = 0L;
        await using var connection = await source.Database.Read(ct);
        foreach (var table in tables)
        {
            TableDigest here, there;
            var all = new CommandDefinition(table.Statements.Rows, cancellationToken: ct);
            await using (var rows = await connection.ExecuteReaderAsync(all))
                here = await TableDigest.Of(rows, table.Columns, ct);
            await using (var rows = await target.Rows(table, ct)) there = await TableDigest.Of(rows, table.Columns, ct);
            count += here.Rows;
            if (here == there) continue;
            throw wasThere
                ? new StartRefused(
                    $"The database {target.Place} holds this installation already, and {table.Name} has changed since. "
                    + "Run CleanSync on it, and start none on the file.")
                : new InvalidOperationException(
                    $"{table.Name} does not hold the same in both databases ({Rows(here.Rows)} here, {Rows(there.Rows)} there); "
                    + "nothing was moved.");
        }

        tell($"Both databases hold the same: {tables.Count} tables, {Rows(count)}.");
        return count;
    }

    /// <summary>The target is committed when nothing but the mark's own commit is left to do; if it fails, nothing was marked.</summary>
    private Task<bool> Mark(CancellationToken ct)
    {
        const string sql = "update installation set moved_to = @Place, moved_at = @now";
        return source.Database.Write(
            async transaction =>
            {
                await transaction.Execute(sql, new { target.Place, now = time.GetUtcNow() });
                await target.Commit(ct);
                return true;
            },
            ct);
    }

    private async Task<Guid> Installation(CancellationToken ct)
    {
        await using var connection = await source.Database.Read(ct);
        const string sql = "select id from installation";
        return await connection.QuerySingleAsync<Guid>(new CommandDefinition(sql, cancellationToken: ct));
    }

    /// <summary>The schemas are of one version, so anything else is a fault of ours: nothing may be left behind by it.</summary>
    private async Task DemandSameTables(IReadOnlyList<MovedTable> tables, CancellationToken ct)
    {
        var columns = await source.Columns(ct);
        var there = tables.SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name}")).Order(StringComparer.Ordinal);
        var here = columns.SelectMany(t => t.Select(c => $"{t.Key}.{c}")).Order(StringComparer.Ordinal);
        if (here.SequenceEqual(there)) return;
        throw new InvalidOperationException("The two databases do not have the same tables and columns.");
    }

    private static string Rows(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "row" : "rows")}");
}

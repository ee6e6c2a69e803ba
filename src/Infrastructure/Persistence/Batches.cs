using Dapper;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// Reading by a list of keys, so many at a time: every database limits the parameters of a statement, and SQLite looks each up among all.
/// </summary>
internal static class Batches
{
    private const int Size = 500;

    /// <param name="sql">Asks for <c>in @keys</c>.</param>
    public static async Task<List<TRow>> QueryEach<TRow, TKey>(
        this Snapshot snapshot,
        string sql,
        IEnumerable<TKey> keys,
        Guid? linkId,
        CancellationToken ct)
        where TKey : notnull
    {
        var rows = new List<TRow>();
        foreach (var batch in keys.Distinct().Chunk(Size))
        {
            rows.AddRange(await snapshot.Connection.QueryAsync<TRow>(
                new CommandDefinition(sql, new { keys = new KeyList<TKey>(batch), linkId }, snapshot.Transaction, cancellationToken: ct)));
        }

        return rows;
    }
}

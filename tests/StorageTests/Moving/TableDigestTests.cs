using CleanSync.Infrastructure.Persistence.Moving;
using Microsoft.Data.Sqlite;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Moving;

public sealed class TableDigestTests
{
    private static readonly IReadOnlyList<MovedColumn> Columns = [new("a", typeof(string)), new("b", typeof(string))];

    [Theory]
    [InlineData("select 'ab', ''", "select 'a', 'b'")]
    [InlineData("select null, 'b'", "select '', 'b'")]
    [InlineData("select 'a', 'b'", "select 'b', 'a'")]
    [InlineData("select 'a', 'b'", "select 'a', 'B'")]
    [InlineData("select 'a', 'b' union all select 'c', 'd'", "select 'c', 'd' union all select 'a', 'b'")]
    [InlineData("select 'a', 'b'", "select 'a', 'b' union all select 'a', 'b'")]
    public async Task What_differs_has_another_sum(string one, string other)
    {
        Assert.NotEqual(await Digest(one), await Digest(other));
        Assert.Equal(await Digest(one), await Digest(one));
    }

    private static async Task<TableDigest> Digest(string sql)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync(Ct);
        return await TableDigest.Of(rows, Columns, Ct);
    }
}

using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.StorageTests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>What SQLite has compiled is used again, and nothing of one use is left for the next.</summary>
public sealed class PreparedConnectionTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    private const string Sum = "select @a + @b";

    [Fact]
    public async Task A_statement_that_comes_again_is_the_same_one_with_the_arguments_of_its_own()
    {
        await using var connection = await Open();
        Assert.Equal(3, await connection.ExecuteScalarAsync<long>(Sum, new { a = 1, b = 2 }));
        var compiled = connection.Take(Sum);
        Assert.Empty(compiled.Parameters);
        connection.Return(compiled);
        Assert.Equal(9, await connection.ExecuteScalarAsync<long>(Sum, new { a = 4, b = 5 }));
        Assert.Same(compiled, connection.Take(Sum));
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.ExecuteScalarAsync<long>(Sum, new { a = 1 }));
    }

    [Fact]
    public async Task Two_uses_of_one_statement_at_once_do_not_meet()
    {
        await using var connection = await Open();
        const string numbers = "select value from (select 1 as value union select 2 union select 3) where value >= @least order by value";
        var pairs = connection.Query<long>(numbers, new { least = 1 }, buffered: false)
            .SelectMany(outer => connection.Query<long>(numbers, new { least = outer }, buffered: false).Select(inner => (outer, inner)));
        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 2), (2, 3), (3, 3)], pairs.ToList());
    }

    [Fact]
    public async Task A_list_of_another_length_is_another_statement()
    {
        await using var connection = await Open();
        const string among = "select count(*) from (select 1 as value union select 2) where value in @values";
        foreach (var most in Enumerable.Range(0, 3))
        {
            Assert.Equal(most, await connection.ExecuteScalarAsync<long>(among, new { values = Enumerable.Range(1, most) }));
        }
    }

    [Fact]
    public async Task A_statement_that_failed_works_when_it_comes_again()
    {
        await using var connection = await Open();
        const string strict = "select json(@text)";
        await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteScalarAsync<string>(strict, new { text = "{" }));
        Assert.Equal("{}", await connection.ExecuteScalarAsync<string>(strict, new { text = "{}" }));
    }

    [Fact]
    public async Task A_reader_goes_back_open_and_sees_what_was_committed_since_and_one_with_a_transaction_is_closed()
    {
        const string count = "select count(*) from staff_calendar_links";
        var first = await db.Store.Read(Ct);
        var before = await first.ExecuteScalarAsync<long>(count);
        await first.DisposeAsync();
        await db.Linked(Sample.Link(db.Integration.Id, "one-more"));
        await using (var again = await db.Store.Read(Ct))
        {
            Assert.Same(first, again);
            Assert.Equal(before + 1, await again.ExecuteScalarAsync<long>(count));
            _ = await again.BeginTransactionAsync(Ct);
        }

        await using var other = await db.Store.Read(Ct);
        Assert.NotSame(first, other);
    }

    private async Task<PreparedConnection> Open() => (PreparedConnection)await db.Store.ReadAfresh(Ct);
}

using System.Text;
using CleanSync.StorageTests.Contracts;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Sqlite;

public sealed class SqliteAuditNameTests : AuditNameContract<TemporarySqlite>
{
    [Fact]
    public async Task What_is_blanked_is_in_the_file_no_more_and_the_rest_is()
    {
        await Named("PutStaffLink", new(0, "carla", "Carla Curie"), new(1, "carla", "Carla@contoso.example"));
        await Named("PutStaffLink", new(0, "bert", "Bert Bohr"), new(1, null, "carla@CONTOSO.example"));
        await Log.Blank("carla", Ct);
        await Db.Store.Exclusively(connection => connection.Execute("pragma wal_checkpoint(truncate)"), Ct);
        var file = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Db.Options.Path, Ct));
        Assert.DoesNotContain("Curie", file, StringComparison.Ordinal);
        Assert.DoesNotContain("carla@", file, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Bohr", file, StringComparison.Ordinal);
    }
}

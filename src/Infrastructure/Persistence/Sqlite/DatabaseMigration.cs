using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Events;
using DbUp;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>Brings the database to this version's schema and to a clean start; run once, before anything else touches it.</summary>
internal sealed class DatabaseMigration(SqliteDatabase database, DatabaseOptions options, ExchangeTitles titles) : IDatabaseStart
{
    public string Place => options.File;

    public IReadOnlyList<string> Servers => [];

    public Task<bool> IsThere(CancellationToken ct) => Task.FromResult(new FileInfo(options.File) is { Exists: true, Length: > 0 });

    /// <summary>
    /// Throws <see cref="StartRefused"/> when the file is not CleanSync's, damaged, of a newer version, or takes no writes.
    /// </summary>
    public async Task Run(CancellationToken ct)
    {
        try
        {
            await Prepare(ct);
        }
        catch (StorageFailure failure)
        {
            throw new StartRefused($"The database {options.Path} cannot be used: {failure.Message}", failure);
        }
    }

    private async Task Prepare(CancellationToken ct)
    {
        // The first use of the writer takes the folder's lock: from here on no other process has this file.
        await database.Exclusively(_ => !database.IsSoleProcess || Upgrade(), ct);
        if (!database.IsSoleProcess) return; // a command beside a server, which has done all this
        await Name(ct);
        await FreeLeases(ct);
        await titles.ForgetHidden(ct);
    }

    private bool Upgrade()
    {
        var upgrade = DeployChanges.To
            .SqliteDatabase($"Data Source={options.RealPath};Pooling=False")
            .WithScriptsEmbeddedInAssembly(typeof(DatabaseMigration).Assembly, DatabaseFile.IsOurs)
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (upgrade.Successful) return true;
        var why = upgrade.Error.Message.ReplaceLineEndings(" ");
        throw new StartRefused(
            $"The database {options.Path} could not be brought to this version's schema ({upgrade.ErrorScript?.Name}): {why}",
            upgrade.Error);
    }

    /// <summary>A database keeps the name that its first start gave it, so that another one in its place is noticed.</summary>
    private Task<bool> Name(CancellationToken ct) => database.Write(
        async transaction =>
        {
            const string name = "insert into installation (one, id) values (1, @id) on conflict do nothing";
            const string known = "select id from installation";
            const string probe = "insert into readiness_probe (one) values (1) on conflict do nothing";
            await transaction.Execute(name, new { id = Guid.NewGuid() });
            await transaction.Execute(probe);
            database.Installation = await transaction.QuerySingleOrDefault<Guid>(known);
            return true;
        },
        ct);

    /// <summary>
    /// The folder's lock proves that whoever held a lease, or a node's name, is gone. Tokens go on rising, so nothing of an old pass can
    /// commit.
    /// </summary>
    private Task<bool> FreeLeases(CancellationToken ct) => database.Write(
        async transaction =>
        {
            const string sql = """
                update mailbox_leases set owner = null, life = null, held_until = null
                where owner is not null;
                delete from nodes;
                """;
            await transaction.Execute(sql);
            return true;
        },
        ct);
}

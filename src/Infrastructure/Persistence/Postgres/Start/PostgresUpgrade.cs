using CleanSync.Infrastructure.Persistence.Postgres.Nodes;
using DbUp;
using DbUp.Engine.Transactions;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres.Start;

/// <summary>Lets dbup run what has not run yet, on the connection that holds the lock.</summary>
internal static class PostgresUpgrade
{
    /// <summary>What went wrong; null when nothing did. The connection is closed afterwards.</summary>
    public static Problem? Run(NpgsqlConnection connection)
    {
        Journal(connection);
        var upgrade = DeployChanges.To
            .PostgresqlDatabase(new KeptConnection(connection))
            .WithScriptsEmbeddedInAssembly(typeof(PostgresUpgrade).Assembly, PostgresScripts.IsOurs)
            .WithScript(PostgresSchedulerStore.Script())
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return upgrade.Successful
            ? null
            : new Problem(upgrade.ErrorScript?.Name, upgrade.Error.Message.ReplaceLineEndings(" "), upgrade.Error);
    }

    /// <summary>As dbup would make it, but that its text compares bytewise like all other text.</summary>
    private static void Journal(NpgsqlConnection connection)
    {
        const string sql = """
            create table if not exists schemaversions (
                schemaversionsid serial primary key,
                scriptname character varying(255) collate "C" not null,
                applied timestamp without time zone not null
            )
            """;
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    internal sealed record Problem(string? Script, string Why, Exception Cause);

    private sealed class KeptConnection(NpgsqlConnection connection)
        : DatabaseConnectionManager(new DelegateConnectionFactory(_ => connection))
    {
        public override IEnumerable<string> SplitScriptIntoCommands(string scriptContents) => [scriptContents];
    }
}

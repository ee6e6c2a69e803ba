using System.Text.RegularExpressions;
using DbUp.Engine;
using Npgsql;
using Quartz;

namespace CleanSync.Infrastructure.Persistence.Postgres.Nodes;

/// <summary>The store of the scheduler's cluster: its tables, as its own package makes them, and the way to them.</summary>
internal static partial class PostgresSchedulerStore
{
    private const string Prefix = "qrtz_";

    private const string Resource = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";

    public static void Use(IPersistentStoreBuilder store, string connectionString)
    {
        store.ConfigureStore(o => (o.StoreJobDataAsStrings, o.TablePrefix) = (true, Prefix));
        store.UsePostgres(NpgsqlFactory.Instance, connectionString);
    }

    /// <summary>Run with the other scripts, under the same lock: two nodes that make the tables at once would meet.</summary>
    public static SqlScript Script()
    {
        using var stream = typeof(IScheduler).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in this version of Quartz.");
        using var reader = new StreamReader(stream);
        var script = reader.ReadToEnd()
            .Replace("{0}", Prefix, StringComparison.Ordinal)
            .Replace("{1}", Prefix, StringComparison.Ordinal); // the prefix without a schema's name, of which it has none
        return new SqlScript("Quartz 4", Text().Replace(script, "$0 collate \"C\""));
    }

    /// <summary>A column of text, which is to compare bytewise like all other text.</summary>
    [GeneratedRegex(@"(?<=\s)(text|(character varying|varchar)\s*\(\d+\))(?=\s*(,|\)|(not\s+)?null))", RegexOptions.IgnoreCase)]
    private static partial Regex Text();
}

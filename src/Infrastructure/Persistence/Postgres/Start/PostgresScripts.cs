using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres.Start;

/// <summary>The scripts that make the schema, and the table in which dbup writes down which of them ran.</summary>
internal static class PostgresScripts
{
    private static readonly string Prefix = $"{typeof(PostgresScripts).Assembly.GetName().Name}.Persistence.Postgres.Migrations.";

    public static IReadOnlySet<string> Known { get; } =
        typeof(PostgresScripts).Assembly.GetManifestResourceNames().Where(IsOurs).ToHashSet(StringComparer.Ordinal);

    /// <summary>A script of this version's, or of a later one's.</summary>
    public static bool IsOurs(string script) => script.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The schema was changed by a script that this version does not have.</summary>
    public static bool IsNewer(IEnumerable<string> ran) => ran.Any(script => IsOurs(script) && !Known.Contains(script));

    /// <summary>Null where no script ever ran.</summary>
    public static async Task<IReadOnlyList<string>?> Ran(NpgsqlConnection connection, CancellationToken ct)
    {
        const string journal = "select to_regclass('schemaversions') is not null";
        const string scripts = "select scriptname from schemaversions";
        await using var there = new NpgsqlCommand(journal, connection);
        if (await there.ExecuteScalarAsync(ct) is not true) return null;
        await using var command = new NpgsqlCommand(scripts, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ran = new List<string>();
        while (await reader.ReadAsync(ct)) ran.Add(reader.GetString(0));
        return ran;
    }
}

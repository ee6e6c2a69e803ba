namespace CleanSync.Api.Startup;

/// <summary>What was asked for on the command line, or what was wrong with it.</summary>
internal abstract record MigrateArguments
{
    public const string Usage = """
        usage: CleanSync.Api migrate-to postgres [--anyway]
          Copies the SQLite database of Database:Path into the empty PostgreSQL database of Database:ConnectionString, compares both,
          and marks the file as moved: no server starts on it any more. Stop the server first; if anything fails, nothing is changed.
          Give the settings that the server is to have from then on. The connection string may hold a password, so give it in the
          environment (Database__ConnectionString) or in appsettings.json: what stands on the command line everybody on the machine can read.
          The key that seals passwords is not copied. The command says where it is.
          --anyway  moves a file again that was moved before.
        """;

    public sealed record ToPostgres : MigrateArguments;

    public sealed record Help : MigrateArguments;

    public sealed record Wrong(string Why) : MigrateArguments;

    /// <param name="args">What follows the word migrate-to.</param>
    public static MigrateArguments Read(IReadOnlyList<string> args)
    {
        if (args is ["help" or "-h" or "--help"]) return new Help();
        if (args is not ["postgres", ..]) return new Wrong("Expected 'migrate-to postgres'.");
        for (var i = 1; i < args.Count; i++)
        {
            if (args[i] == CommandLine.Anyway) continue;
            var name = args[i].Split('=', 2)[0];
            if (!name.StartsWith("--", StringComparison.Ordinal)) return new Wrong($"'{name}' is not known here.");
            if (!name.Contains(':', StringComparison.Ordinal))
                return new Wrong($"{name} is not known here. Where to is said by Database:ConnectionString, best in the environment.");
            if (name == args[i]) i++; // its value; settings were read before
        }

        return new ToPostgres();
    }
}

namespace CleanSync.Api.Support;

/// <summary>What was asked for on the command line, or what was wrong with it.</summary>
internal abstract record SupportArguments
{
    public const string Usage = """
        usage: CleanSync.Api support --to FILE [--log FILE]
          Writes a new zip FILE for somebody who is asked for help: versions, settings without secrets, the states of links by their ids,
          the latest passes, metrics and the end of the log. No names, addresses or titles are in it.
          --log FILE    the log to take; - reads it from the standard input: journalctl -u cleansync -n 5000 | cleansync support ... --log -
          Settings such as --Database:Path=FILE, and those from the environment, must be those of the server.
        """;

    public sealed record Bundle(string File, string? Log) : SupportArguments;

    public sealed record Help : SupportArguments;

    public sealed record Wrong(string Why) : SupportArguments;

    private static readonly string[] Known = ["--to", "--log"];

    /// <param name="args">What follows the word support.</param>
    public static SupportArguments Read(IReadOnlyList<string> args)
    {
        if (args is ["help" or "-h" or "--help"]) return new Help();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) return new Wrong($"'{args[i]}' is not known here.");
            var (name, value) = args[i].Split('=', 2) is [var before, var after]
                ? (before, after)
                : (args[i], i + 1 < args.Count ? args[++i] : null);
            if (value is null) return new Wrong($"{name} wants a value.");
            if (name.Contains(':', StringComparison.Ordinal)) continue; // a setting of the program
            if (!Known.Contains(name)) return new Wrong($"{name} is not known here.");
            if (!values.TryAdd(name, value)) return new Wrong($"{name} is given twice.");
        }

        return values.TryGetValue("--to", out var file)
            ? new Bundle(file, values.GetValueOrDefault("--log"))
            : new Wrong("--to is missing: the file to write.");
    }
}

using System.Globalization;

namespace CleanSync.Api.AuditLog;

/// <summary>What was asked for on the command line, or what was wrong with it.</summary>
internal abstract record AuditArguments
{
    public const string Usage = """
        usage: CleanSync.Api audit export --before MONTH --to FILE [--names yes] [--remove yes]
          Writes every action that an admin began before MONTH (2026-12, in UTC; this month at the latest) to a new FILE,
          a line of JSON each.
          --names yes   writes the names and mailboxes of staff too, which no erasure reaches there. Otherwise staff are named by id.
          --remove yes  removes from the audit log what was written, when all of it is on the disk.
          Settings such as --Database:Path=FILE, and those from the environment, must be those of the server.
        """;

    public sealed record Export(DateOnly Before, string File, bool WithNames, bool Remove) : AuditArguments;

    public sealed record Help : AuditArguments;

    public sealed record Wrong(string Why) : AuditArguments;

    /// <summary>None stands without a value: the program's own reading of settings would take the next argument for it.</summary>
    private static readonly string[] YesOrNo = ["--names", "--remove"], Known = ["--before", "--to", .. YesOrNo];

    /// <param name="args">What follows the word audit.</param>
    public static AuditArguments Read(IReadOnlyList<string> args)
    {
        if (args is ["help" or "-h" or "--help"]) return new Help();
        if (args is not ["export", ..]) return new Wrong("Expected 'audit export'.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) return new Wrong($"'{args[i]}' is not known here.");
            var (name, value) = args[i].Split('=', 2) is [var before, var after]
                ? (before, after)
                : (args[i], i + 1 < args.Count ? args[++i] : null);
            if (value is null) return new Wrong($"{name} wants a value.");
            if (name.Contains(':', StringComparison.Ordinal)) continue; // a setting of the program
            if (!Known.Contains(name)) return new Wrong($"{name} is not known here.");
            if (YesOrNo.Contains(name) && value is not ("yes" or "no")) return new Wrong($"{name} is '{value}'. Expected yes or no.");
            if (!values.TryAdd(name, value)) return new Wrong($"{name} is given twice.");
        }

        if (!values.TryGetValue("--before", out var month))
            return new Wrong("--before is missing: the first month that stays, such as 2026-12.");
        if (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
            return new Wrong($"--before is '{month}'. Expected a month, such as 2026-12.");
        if (!values.TryGetValue("--to", out var file)) return new Wrong("--to is missing: the file to write.");
        return new Export(first, file, values.GetValueOrDefault("--names") == "yes", values.GetValueOrDefault("--remove") == "yes");
    }
}

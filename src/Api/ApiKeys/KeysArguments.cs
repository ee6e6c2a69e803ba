using System.Globalization;
using CleanSync.Api.Parsing;
using CleanSync.Api.Startup;
using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.ApiKeys;

/// <summary>What was asked for on the command line, or what was wrong with it.</summary>
internal abstract record KeysArguments
{
    public const string Usage = """
        usage: CleanSync.Api keys create --name NAME --role admin|scheduler|staff [--staff STAFF_ID] [--expires WHEN] [--new]
               CleanSync.Api keys list
               CleanSync.Api keys revoke ID
          WHEN is a number of days (90d), a day, which is the last one (2027-12-31), or a time with its offset (2027-12-31T18:00:00Z).
          ID is the id or the beginning of a key, as 'keys list' shows them.
          --new makes the database if there is none: for the first key of an installation, and for nothing else.
          Settings such as --Database:Path=FILE, and those from the environment, must be those of the server.
        """;

    private const string New = "--new";
    private static readonly string[] OfCreate = ["--name", "--role", "--staff", "--expires", New];

    public sealed record Create(
        string Name,
        Role Role,
        string? StaffId,
        DateTimeOffset? ExpiresAt,
        bool InNewDatabase) : KeysArguments;

    public sealed record ListAll : KeysArguments;

    public sealed record Revoke(string Which) : KeysArguments;

    public sealed record Help : KeysArguments;

    public sealed record Wrong(string Why) : KeysArguments;

    private const string ExpiryExpected =
        "Expected days (90d), a day (2027-12-31), or a time with its offset (2027-12-31T18:00:00Z), in the years 2000 to 2100.";

    /// <param name="args">What follows the word keys.</param>
    public static KeysArguments Read(IReadOnlyList<string> args, DateTimeOffset now)
    {
        if (args is ["help" or "-h" or "--help"]) return new Help();
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }

            if (args[i] == New)
            {
                options[New] = "";
                continue;
            }

            var (name, value) = args[i].Split('=', 2) is [var before, var after]
                ? (before, after)
                : (args[i], i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : null);
            if (value is null) return OfCreate.Contains(name) ? new Wrong($"{name} wants a value.") : Unknown(name);
            if (name.Contains(':', StringComparison.Ordinal)) continue; // a setting of the program
            if (!options.TryAdd(name, value)) return new Wrong($"{name} is given twice.");
        }

        return words switch
        {
            ["create"] => Creation(options, now),
            ["list"] => options.Count == 0 ? new ListAll() : Unknown([.. options.Keys]),
            ["revoke", var which] => options.Count == 0 ? new Revoke(which) : Unknown([.. options.Keys]),
            ["revoke"] => new Wrong("'keys revoke' wants the id or the beginning of a key."),
            _ => new Wrong("Expected 'keys create', 'keys list' or 'keys revoke'."),
        };
    }

    private static KeysArguments Creation(Dictionary<string, string> options, DateTimeOffset now)
    {
        if (!options.Remove("--name", out var name)) return new Wrong("--name is missing: say whose key it is.");
        if (!options.Remove("--role", out var roleName)) return new Wrong("--role is missing: admin, scheduler or staff.");
        if (!Enum.TryParse<Role>(roleName, ignoreCase: true, out var role) || int.TryParse(roleName, out _))
            return new Wrong($"There is no role '{roleName}'. Expected admin, scheduler or staff.");
        options.Remove("--staff", out var staffId);
        DateTimeOffset? expires = null;
        if (options.Remove("--expires", out var when) && (expires = Expiry(when, now)) is null)
            return new Wrong($"--expires is '{when}'. {ExpiryExpected}");
        var isNew = options.Remove(New);
        return options.Count == 0 ? new Create(name, role, staffId, expires, isNew) : Unknown([.. options.Keys]);
    }

    private static DateTimeOffset? Expiry(string when, DateTimeOffset now)
    {
        if (when.EndsWith('d')
            && int.TryParse(when.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is > 0 and < 36500)
            return now.AddDays(days) is { Year: <= Instant.LastYear } end ? end : null;
        if (DateOnly.TryParseExact(when, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last))
            return last.Year is < Instant.FirstYear or > Instant.LastYear
                ? null
                : new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return Instant.TryParse(when, out var instant) ? instant.Value : null;
    }

    private static Wrong Unknown(params string[] options) =>
        new($"{string.Join(", ", options)} is not known here. Did you mean {Spelling.Nearest(options[0], OfCreate)}?");
}

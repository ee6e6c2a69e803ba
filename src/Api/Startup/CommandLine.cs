using CleanSync.Application;

namespace CleanSync.Api.Startup;

/// <summary>What was typed. Every word of it counts: the framework's own reading passes over what it does not understand.</summary>
/// <param name="Verb">The command; null to serve.</param>
/// <param name="Settings">Each as <c>--key=value</c>.</param>
/// <param name="Answer">What to print instead of doing anything: somebody asked for help, or for the version.</param>
internal sealed record CommandLine(Verb? Verb, IReadOnlyList<string> Settings, string? Answer)
{
    /// <summary>Of a server, or of the command that moves: a file that was moved to another database is used all the same.</summary>
    public const string Anyway = "--anyway";

    private const string SeeHelp = "'CleanSync.Api --help' shows what there is.";
    private static readonly string[] ForHelp = ["--help", "-h", "-?", "/?"];

    /// <summary>Whether <see cref="Anyway"/> was given.</summary>
    public bool DespiteMove { get; private init; }

    /// <summary>The keys of <see cref="Settings"/>.</summary>
    public IEnumerable<string> Keys => Settings.Select(s => s[2..s.IndexOf('=', StringComparison.Ordinal)]);

    /// <exception cref="StartRefused">It makes no sense; the message says why.</exception>
    public static CommandLine Read(string[] args)
    {
        if (args is [var word, ..] && IsWord(word) && word != "help")
        {
            var verb = Verb.All.FirstOrDefault(v => v.Name == word) ?? throw new StartRefused(
                $"There is no command '{word}'. Did you mean '{Spelling.Nearest(word, Verb.All.Select(v => v.Name))}'? {SeeHelp}");
            return new CommandLine(verb, SettingsOf(args[1..], verb), args.Any(ForHelp.Contains) ? verb.Usage : null)
            {
                DespiteMove = args.Contains(Anyway),
            };
        }

        if (args is ["help", ..] || args.Any(ForHelp.Contains)) return new CommandLine(null, [], Help.Text());
        if (args.Contains("--version")) return new CommandLine(null, [], $"CleanSync {Product.Version}");
        var settings = SettingsOf([.. args.Where(a => a != Anyway)], verb: null);
        return new CommandLine(null, settings, null) { DespiteMove = args.Contains(Anyway) };
    }

    /// <summary>Of what a verb is given, settings are what has a section; the rest is its own.</summary>
    private static List<string> SettingsOf(string[] args, Verb? verb)
    {
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var (key, value) = Split(args[i]);
            if (key is null && verb is null)
                throw new StartRefused($"'{args[i]}' is not understood. A setting is written as --Section:Setting=VALUE. {SeeHelp}");
            if (key is null || (verb is not null && !key.Contains(':', StringComparison.Ordinal))) continue;
            if (value is null && i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) value = args[++i];
            if (value is null) throw new StartRefused($"--{key} wants a value: --{key}=VALUE. {SeeHelp}");
            settings.Add($"--{key}={value}");
        }

        return settings;
    }

    /// <summary>The forms that the framework knows: --key, --key=value, key=value, /key=value.</summary>
    private static (string? Key, string? Value) Split(string arg)
    {
        var dashed = arg.StartsWith("--", StringComparison.Ordinal);
        if (!dashed && (IsWord(arg) || arg.StartsWith('-'))) return (null, null);
        var bare = arg[(dashed ? 2 : arg.StartsWith('/') ? 1 : 0)..];
        return bare.Split('=', 2) is [var key, var value] ? (key, value) : (bare, null);
    }

    private static bool IsWord(string arg) =>
        !arg.StartsWith('-') && !arg.Contains('=', StringComparison.Ordinal) && !ForHelp.Contains(arg);
}

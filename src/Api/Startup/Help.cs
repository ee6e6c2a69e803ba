using System.Globalization;
using System.Text;

namespace CleanSync.Api.Startup;

/// <summary>The page that --help shows, made from the commands and settings that there are.</summary>
internal static class Help
{
    public static string Text()
    {
        var page = new StringBuilder($"""
            CleanSync {Product.Version} keeps staff calendars the same in a booking product and in Microsoft Exchange.

            usage: CleanSync.Api [--SETTING=VALUE ...]             runs the server
                   CleanSync.Api --anyway [--SETTING=VALUE ...]    the same on a SQLite file that was moved to PostgreSQL
                   CleanSync.Api COMMAND ... [--SETTING=VALUE ...] does one thing and ends
                   CleanSync.Api COMMAND --help                    says what a command takes
                   CleanSync.Api --help | --version


            """);
        foreach (var verb in Verb.All) Row(verb.Name, verb.Does);
        page.AppendLine("""

            Settings and their defaults. They come from appsettings.json, the environment (Sync__PollInterval=60) or the command line
            (--Sync:PollInterval=60).

            """);
        foreach (var setting in KnownSettings.Sections.SelectMany(s => s.Settings)) Row(setting.Key, Word(setting.Standard));
        page.Append("""

            Those of ASP.NET Core hold as well, such as --urls=http://127.0.0.1:5080 and --Logging:LogLevel:CleanSync=Debug.

            Exit codes: 0 it is done; 1 it failed; 2 it cannot be done as it was asked, or the server cannot start as it is set up.
            """);
        return page.ToString();

        void Row(string name, string what) => page.Append("  ").Append(name.PadRight(36)).Append(' ').AppendLine(what);
    }

    private static string Word(object? standard) => standard switch
    {
        bool flag => flag ? "true" : "false",
        null or "" => "none",
        _ => Convert.ToString(standard, CultureInfo.InvariantCulture)!,
    };
}

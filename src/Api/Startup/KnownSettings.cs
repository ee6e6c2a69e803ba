using CleanSync.Api.Monitoring;
using CleanSync.Api.OpenApi;
using CleanSync.Api.Security;
using CleanSync.Application;
using CleanSync.Infrastructure;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace CleanSync.Api.Startup;

/// <summary>The settings that mean something here. One that does not is a misspelt one, and the server would run without it.</summary>
internal static class KnownSettings
{
    /// <summary>What else may begin a key on the command line: there every key is meant for this program.</summary>
    private static readonly string[] Framework =
    [
        "Logging", "Kestrel", "AllowedHosts", "urls", "http_ports", "https_ports", "https_port", "environment", "contentRoot", "webroot",
        "applicationName",
        "detailedErrors",
        "captureStartupErrors",
        "suppressStatusMessages",
        "preferHostingUrls",
        "shutdownTimeoutSeconds",
        "hostBuilder", "startupAssembly", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "preventHostingStartup",
        "staticWebAssets", "forwardedHeaders_enabled",
    ];

    /// <summary>Ours, in the order in which --help shows them.</summary>
    public static IReadOnlyList<SettingsSection> Sections { get; } =
        [
            .. InfrastructureRegistration.Sections,
            new("Jwt", new JwtOptions()),
            new("Proxies", new ProxyOptions()),
            new("Limits", new CallLimits()),
            new("Swagger", new SwaggerOptions()),
            new("Metrics", new MetricsOptions()),
            new("Otlp", new OtlpOptions())
        ];

    /// <param name="typed">The keys of the command line.</param>
    /// <exception cref="StartRefused">Some are unknown: the message names each, where it stands, and the nearest known one.</exception>
    public static void RefuseUnknown(IConfigurationRoot configuration, IEnumerable<string> typed)
    {
        var onCommandLine = typed.ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] known = [.. Sections.SelectMany(s => s.Settings).Select(s => s.Key)];
        string[] unknown =
        [
            .. configuration.AsEnumerable()
                .Where(s => IsGiven(s) && (onCommandLine.Contains(s.Key) ? !IsFramework(s.Key) : IsMeantForUs(s.Key)))
                .Select(s => s.Key).Except(known, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
                .Select(key => $"{key}{Where(configuration, key)} is no setting. Did you mean {Nearest(key)}?"),
        ];
        if (unknown.Length > 0) throw new StartRefused(string.Join(' ', unknown));

        string Nearest(string key) => Spelling.Nearest(key, key.Contains(':', StringComparison.Ordinal) ? known : [.. known, .. Framework]);
    }

    /// <summary>A section itself stands there too, without a value.</summary>
    private static bool IsGiven(KeyValuePair<string, string?> setting) =>
        setting.Value is { } value && (value.Length > 0 || setting.Key.Contains(':', StringComparison.Ordinal));

    private static bool IsFramework(string key) => Framework.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>In a section of ours, or in one whose name is nearly that.</summary>
    private static bool IsMeantForUs(string key) =>
        key.Split(':') is [var section, _, ..] && !IsFramework(key)
        && Sections.Any(s => Spelling.Distance(section, s.Name) is var letters && letters <= (s.Name.Length > 4 ? 2 : 1));

    private static string Where(IConfigurationRoot configuration, string key) =>
        configuration.Providers.LastOrDefault(p => p.TryGet(key, out _)) switch
        {
            CommandLineConfigurationProvider => " (on the command line)",
            EnvironmentVariablesConfigurationProvider => $" ({key.Replace(":", "__", StringComparison.Ordinal)} in the environment)",
            JsonConfigurationProvider { Source.Path: { } file } => $" (in {file})",
            _ => "",
        };
}

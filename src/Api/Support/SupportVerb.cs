using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CleanSync.Api.Monitoring;
using CleanSync.Api.Startup;
using CleanSync.Application;
using CleanSync.Application.Support;
using CleanSync.Infrastructure;
using MediatR;

namespace CleanSync.Api.Support;

/// <summary>
/// One file for somebody who is asked for help, made on the server's own machine, beside a server or without one. The exit code is 0 when
/// it is done, 2 when the command cannot be accepted as it is, 1 for anything else.
/// </summary>
internal static class SupportVerb
{
    private const int MostLogLines = 20_000;
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Task<int> Run(WebApplication app, string[] args) =>
        Run(app.Services, app.Configuration, args, Console.In, Console.Out, Console.Error);

    public static async Task<int> Run(
        IServiceProvider services,
        IConfiguration configuration,
        string[] args,
        TextReader input,
        TextWriter output,
        TextWriter errors)
    {
        var arguments = SupportArguments.Read(args[1..]);
        if (arguments is SupportArguments.Help)
        {
            await output.WriteLineAsync(SupportArguments.Usage);
            return 0;
        }

        if (arguments is not SupportArguments.Bundle bundle)
        {
            await errors.WriteLineAsync(VisibleText.CutLines($"{((SupportArguments.Wrong)arguments).Why}\n{SupportArguments.Usage}"));
            return 2;
        }

        try
        {
            await services.MigrateDatabase();
            await using var scope = services.CreateAsyncScope();
            var facts = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetSupportFacts());
            await Write(bundle, facts, configuration, services.GetRequiredService<TimeProvider>().GetUtcNow(), input);
            await output.WriteLineAsync(VisibleText.Cut($"{bundle.File} is written. Look into it before you send it."));
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StorageFailure)
        {
            await errors.WriteLineAsync(VisibleText.Cut($"It could not be done: {failure.Message}"));
            return 1;
        }
    }

    private static async Task Write(
        SupportArguments.Bundle bundle,
        SupportFacts facts,
        IConfiguration configuration,
        DateTimeOffset now,
        TextReader input)
    {
        var redaction = new Redaction(facts.Names);
        var lines = bundle.Log is { } log ? await End(log, input) : ["No log was named: --log FILE, or - for the standard input."];
        var metrics = await OwnMetrics.Read(Settings.Read("Metrics", key => configuration[key], new MetricsOptions()));
        var access = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) access.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(bundle.File, access);
        await using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        await Put("versions.json", Json(Versions(now)));
        await Put("settings.json", Json(SettingsOf(configuration)));
        await Put("integrations.json", Json(facts.Integrations));
        await Put("links.json", Json(facts.Links));
        await Put("runs.json", Json(facts.Runs));
        await Put("state.json", Json(facts.Gauges));
        await Put("metrics.txt", metrics);
        await Put("log.txt", string.Join('\n', lines.Select(redaction.Of)));

        async Task Put(string name, string text)
        {
            await using var entry = await zip.CreateEntry(name).OpenAsync();
            await entry.WriteAsync(Encoding.UTF8.GetBytes(text));
        }
    }

    private static string Json(object of) => JsonSerializer.Serialize(of, Indented);

    private static Dictionary<string, string> Versions(DateTimeOffset now) => new()
    {
        ["cleansync"] = Product.Version,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["platform"] = RuntimeInformation.RuntimeIdentifier,
        ["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        ["madeAt"] = now.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Numbers, spans and switches as they are; of a text only whether it is set: it may be a secret, or name somebody.</summary>
    private static Dictionary<string, string> SettingsOf(IConfiguration configuration) => KnownSettings.Sections
        .SelectMany(s => s.Settings).ToDictionary(s => s.Key, s => (configuration[s.Key], s.Standard) switch
        {
            (null or "", null or string) => "not set",
            (null or "", var standard) => $"{Convert.ToString(standard, CultureInfo.InvariantCulture)} (the default)",
            (_, null or string) => "set",
            ({ } given, _) => given,
        });

    private static async Task<IReadOnlyList<string>> End(string log, TextReader input)
    {
        using var file = log is "-" ? null : new StreamReader(
            new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var lines = new Queue<string>();
        while (await (file ?? input).ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > MostLogLines) lines.Dequeue();
        }

        return [.. lines];
    }
}

using CleanSync.Application;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CleanSync.Api;

/// <summary>
/// The console's log without hidden characters: what callers, issuers and servers call themselves cannot write over a terminal's lines or
/// colour them. The lines are those of the formatter that is configured.
/// </summary>
internal sealed class VisibleConsole(IServiceProvider services, ConfiguredFormatter configured) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "visible";

    private readonly Lazy<ConsoleFormatter> inner = new(
        () => services.GetServices<ConsoleFormatter>().First(f => f.Name == configured.Name));

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        using var lines = new StringWriter(textWriter.FormatProvider);
        inner.Value.Write(logEntry, scopeProvider, lines);
        textWriter.Write(VisibleText.CutLines(lines.ToString()));
    }
}

/// <summary>The formatter whose lines are shown: the simple one, unless another is configured.</summary>
internal sealed class ConfiguredFormatter
{
    public string Name { get; set; } = ConsoleFormatterNames.Simple;
}

internal static class VisibleConsoleRegistration
{
    /// <summary>Colours would be cut as well, so there are none.</summary>
    public static void AddVisibleConsole(this ILoggingBuilder logging)
    {
        var configured = new ConfiguredFormatter();
        logging.Services.AddSingleton(configured);
        logging.AddConsoleFormatter<VisibleConsole, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<SimpleConsoleFormatterOptions>(o => o.ColorBehavior = LoggerColorBehavior.Disabled);
        logging.Services.PostConfigure<ConsoleLoggerOptions>(o =>
        {
            if (o.FormatterName is not VisibleConsole.FormatterName) configured.Name = o.FormatterName ?? ConsoleFormatterNames.Simple;
            o.FormatterName = VisibleConsole.FormatterName;
        });
    }
}

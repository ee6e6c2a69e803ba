using System.Globalization;
using CleanSync.Application;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CleanSync.Api;

/// <summary>
/// One line on the console for each entry: the time in UTC, the level, who says it, under which trace or pass, and what. Scopes of the
/// framework hold the path of the request, which can carry what does not belong into a log, so only those stand there that say in words
/// what they are. Nothing that was logged can begin a line of its own.
/// </summary>
internal sealed class LogLine(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "cleansync";

    /// <summary>Of a scope that was begun with a sentence.</summary>
    private const string Sentence = "{OriginalFormat}";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write($"{Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}]");
        scopeProvider?.ForEachScope((scope, writer) => Write(scope, writer), textWriter);
        textWriter.Write($" {VisibleText.OnOneLine(logEntry.Formatter(logEntry.State, logEntry.Exception))}");
        if (logEntry.Exception is { } exception) textWriter.Write($" {VisibleText.OnOneLine(exception.ToString())}");
        textWriter.WriteLine();
    }

    private static void Write(object? scope, TextWriter writer)
    {
        if (scope is IReadOnlyList<KeyValuePair<string, object?>> values && values.Any(v => v.Key == Sentence))
            writer.Write($" => {VisibleText.OnOneLine(scope.ToString() ?? "")}");
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}

internal static class LogLines
{
    /// <summary>To be chosen by Logging:Console:FormatterName, as appsettings.json does.</summary>
    public static ILoggingBuilder AddLogLines(this ILoggingBuilder logging) =>
        logging.AddConsoleFormatter<LogLine, ConsoleFormatterOptions>();
}

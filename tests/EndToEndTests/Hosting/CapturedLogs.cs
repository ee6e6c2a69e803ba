using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>Every line logged at any level, with its scopes and its exception, for searching.</summary>
internal sealed class CapturedLogs : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(string Category, string Line)> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public string Text => string.Join('\n', lines.Select(l => l.Line));

    public IReadOnlyList<string> Lines => [.. lines.Select(l => l.Line)];

    /// <summary>What CleanSync itself logs, under the scopes that say in words what they are: as the console shows it.</summary>
    public IReadOnlyList<string> Ours =>
        [.. lines.Where(l => l.Category.StartsWith("CleanSync", StringComparison.Ordinal)).Select(l => l.Line)];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    private string Scopes()
    {
        var told = new List<string>();
        scopes.ForEachScope(Tell, told);
        return string.Concat(told);
    }

    private static void Tell(object? scope, List<string> told)
    {
        if (scope is IReadOnlyList<KeyValuePair<string, object?>> values && values.Any(v => v.Key == "{OriginalFormat}"))
            told.Add($"=> {scope} ");
    }

    private sealed class Logger(string category, CapturedLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logs.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            logs.lines.Enqueue((category, $"{logLevel} {category} {logs.Scopes()}{formatter(state, exception)} {exception}"));
    }
}

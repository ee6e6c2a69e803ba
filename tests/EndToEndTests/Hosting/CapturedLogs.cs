using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>Every line logged at any level, with its scopes and its exception, for searching.</summary>
internal sealed class CapturedLogs : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> lines = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public string Text => string.Join('\n', lines);

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
    }

    private string Scopes()
    {
        var text = new StringBuilder();
        scopes.ForEachScope((scope, into) => into.Append("=> ").Append(scope).Append(' '), text);
        return text.ToString();
    }

    private sealed class Logger(string category, CapturedLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logs.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.lines.Enqueue($"{logLevel} {category} {logs.Scopes()}{formatter(state, exception)} {exception}");
    }
}

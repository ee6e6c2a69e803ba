using Microsoft.Extensions.Logging;

namespace CleanSync.UnitTests.Security;

/// <summary>Lines as an operator reads them, at warning and above.</summary>
internal sealed class NamedLog
{
    public List<string> Lines { get; } = [];

    public ILogger<T> Of<T>() => new Logger<T>(Lines);

    private sealed class Logger<T>(List<string> lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            lock (lines) lines.Add($"{logLevel}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}");
        }
    }
}

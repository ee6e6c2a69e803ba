using Microsoft.Extensions.Logging;

namespace CleanSync.Model.VirtualTime;

/// <summary>Keeps every line from a warning on.</summary>
internal sealed class NotedLog
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public void Note(string line)
    {
        lock (lines) lines.Add(line);
    }
}

internal sealed class NotedLogger<T>(NotedLog log) : ILogger<T>
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
        if (IsEnabled(logLevel)) log.Note($"{logLevel}: {formatter(state, exception)}");
    }
}

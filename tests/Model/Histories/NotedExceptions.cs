using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CleanSync.Model.Histories;

/// <summary>What CleanSync logged as an unhandled exception: it catches them, shows them, and goes on.</summary>
internal sealed class NotedExceptions
{
    private readonly ConcurrentQueue<string> noted = [];

    public void Note(Exception exception) => noted.Enqueue(exception.ToString());

    /// <summary>Those since the last taking.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (noted.TryDequeue(out var exception)) taken.Add(exception);
        return taken;
    }
}

/// <summary>Notes exceptions that are logged as errors, and nothing else.</summary>
internal sealed class UnhandledExceptionLogger<T>(NotedExceptions streaks) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not null) streaks.Note(exception);
    }
}

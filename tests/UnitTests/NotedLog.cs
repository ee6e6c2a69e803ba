using Microsoft.Extensions.Logging;

namespace CleanSync.UnitTests;

/// <summary>Every line that was logged, with its level, its category and whether it carries a stack.</summary>
internal sealed class NotedLog : ILoggerFactory, ILogger
{
    private string category = "";

    public List<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName)
    {
        category = categoryName;
        return this;
    }

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Lines.Add($"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : " with its stack")}");
}

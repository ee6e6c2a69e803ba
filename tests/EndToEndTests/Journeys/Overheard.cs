using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>
/// All that an application tells anybody: log lines with their values and scopes, spans with their tags, measurements, answers, files.
/// </summary>
internal sealed class Overheard : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<(string Place, string Text), bool> heard = new();
    private readonly ConcurrentBag<(string Place, byte[] Bytes)> seen = [];
    private readonly ActivityListener spans;
    private readonly MeterListener meters = new();
    private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

    public Overheard()
    {
        spans =
            new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Note
            };
        ActivitySource.AddActivityListener(spans);
        meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        meters.Start();
    }

    /// <summary>The places where something was heard.</summary>
    public IEnumerable<string> Places => heard.Keys.Select(h => h.Place).Concat(seen.Select(s => Path.GetFileName(s.Place))).Distinct();

    public void Note(string place, string? text) => heard.TryAdd((place, text ?? ""), true);

    /// <summary>Keeps the files as they are now.</summary>
    public void Keep(IEnumerable<(string File, byte[] Bytes)> files)
    {
        foreach (var (file, bytes) in files) seen.Add((file, bytes));
    }

    /// <summary>Where one of the secrets stands, in words that do not repeat it.</summary>
    public IReadOnlyList<(string Place, string Form)> Find(IEnumerable<Needle> needles)
    {
        var places = heard.Keys.GroupBy(h => h.Place, h => h.Text)
            .Select(g => (Place: g.Key, Bytes: Encoding.UTF8.GetBytes(string.Join('\n', g))))
            .Concat(seen.Select(s => (Place: Path.GetFileName(s.Place), s.Bytes)))
            .ToList();
        return [.. (from needle in needles from form in needle.Forms from place in places where place.Bytes.AsSpan()
            .IndexOf(form.Bytes) >= 0 select (place.Place, form.Form)).Distinct()];
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public void Dispose()
    {
        spans.Dispose();
        meters.Dispose();
    }

    private void Note(Activity span)
    {
        foreach (var text in new[] { span.OperationName, span.DisplayName, span.StatusDescription, span.TraceStateString })
        {
            Note("traces", text);
        }
        var tags = span.TagObjects.Concat(span.Baggage.Select(b => KeyValuePair.Create<string, object?>(b.Key, b.Value)))
            .Concat(span.Events.SelectMany(e => e.Tags.Append(KeyValuePair.Create<string, object?>("event", e.Name))))
            .Concat(span.Links.SelectMany(l => l.Tags ?? []));
        foreach (var (key, value) in tags) Note("traces", $"{key}={value}");
    }

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Note("metrics", $"{instrument.Name} {instrument.Description}");
        foreach (var (key, value) in tags) Note("metrics", $"{key}={value}");
    }

    private sealed class Logger(string category, Overheard all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => all.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            all.Note("logs", $"{logLevel} {category} {formatter(state, exception)} {exception}");
            NoteValues(state);
            all.scopes.ForEachScope((scope, _) => NoteValues(scope), 0);
            for (var cause = exception; cause is not null; cause = cause.InnerException)
                foreach (System.Collections.DictionaryEntry entry in cause.Data) all.Note("logs", $"{entry.Key}={entry.Value}");
        }

        private void NoteValues(object? state)
        {
            all.Note("logs", state?.ToString());
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
                foreach (var (key, value) in values) all.Note("logs", $"{key}={value}");
        }
    }
}

/// <summary>Hears every answer of the API, headers and body.</summary>
internal sealed class AnswerTap(Overheard overheard) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var (kind, body) = (
            response.IsSuccessStatusCode ? "answers" : "problems", await response.Content.ReadAsStringAsync(cancellationToken));
        overheard.Note(request.RequestUri!.AbsolutePath.EndsWith("/audit-log", StringComparison.Ordinal) ? "audit log" : kind, body);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            overheard.Note(kind, $"{name}: {string.Join(", ", values)}");
        }
        return response;
    }
}

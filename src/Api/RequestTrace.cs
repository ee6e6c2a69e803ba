using System.Diagnostics;

namespace CleanSync.Api;

/// <summary>The one id of a request: a problem carries it as traceId, and every log line of the request stands under it.</summary>
internal static class RequestTrace
{
    private static readonly object Key = new();

    /// <summary>From here on to the end of the request, each log line has the id in its scope.</summary>
    public static void UseRequestTrace(this WebApplication app) => app.Use(async (http, next) =>
    {
        using (app.Logger.BeginScope("trace {TraceId}", Of(http))) await next(http);
    });

    /// <summary>The same id from the first call to the last: what runs deeper may have an activity of its own.</summary>
    public static string Of(HttpContext http)
    {
        if (http.Items.TryGetValue(Key, out var known)) return (string)known!;
        var id = Activity.Current?.Id ?? http.TraceIdentifier;
        http.Items[Key] = id;
        return id;
    }
}

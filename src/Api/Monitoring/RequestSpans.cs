using System.Diagnostics;

namespace CleanSync.Api.Monitoring;

internal static class RequestSpans
{
    /// <summary>The span of a request is called by its route: its path names staff, and there are as many as there are ids.</summary>
    public static void UseRouteNames(this WebApplication app) => app.Use((http, next) =>
    {
        if (Activity.Current is { IsAllDataRequested: true } span
            && http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.SetTag("http.route", route);
            span.DisplayName = $"{http.Request.Method} {route}";
        }

        return next(http);
    });
}

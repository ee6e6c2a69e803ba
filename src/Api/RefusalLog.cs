using CleanSync.Api.Parsing;
using CleanSync.Api.Security;
using CleanSync.Domain;
using Microsoft.AspNetCore.Diagnostics;

namespace CleanSync.Api;

/// <summary>One line for each problem that is answered: route, status, code and caller, and nothing of what was sent.</summary>
internal static class RefusalLog
{
    private const string NoRoute = "(no operation)", Nobody = "nobody who is known";

    public static void Note(HttpContext http, Error refusal, int status)
    {
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefusalLog).FullName!);
        var level = status is StatusCodes.Status403Forbidden ? LogLevel.Warning : LogLevel.Information;
        logger.Log(
            level,
            "{Method} {Route} answered {Status} {Code} to {Caller}",
            http.AskedMethod(),
            RouteOf(http),
            status,
            refusal.Code,
            CallerOf(http));
    }

    /// <summary>The pattern, not the path: a path can carry what a caller would not want in a log.</summary>
    public static string RouteOf(HttpContext http) =>
        ((http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint()) as RouteEndpoint)?.Template() ?? NoRoute;

    public static string CallerOf(HttpContext http) => Caller.Of(http.User) is { } caller ? $"{caller.Kind} {caller.Id}" : Nobody;
}

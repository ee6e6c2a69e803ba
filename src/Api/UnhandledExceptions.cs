using CleanSync.Api.Parsing;
using CleanSync.Application;
using CleanSync.Application.AuditLog;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;

namespace CleanSync.Api;

/// <summary>Turns what was thrown into a problem. Of a real unhandled exception the caller learns nothing but the traceId.</summary>
internal sealed class UnhandledExceptions(ILogger<UnhandledExceptions> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var refusal = Refusal(httpContext, exception);
        if (exception is StorageFailure storage)
            logger.LogWarning(
                "{Method} {Route} was not carried out: {Fault}", httpContext.AskedMethod(), RefusalLog.RouteOf(httpContext), storage.Fault);
        if (refusal is Unexpected)
            logger.LogError(exception, "{Method} {Route} failed", httpContext.AskedMethod(), RefusalLog.RouteOf(httpContext));
        if (refusal is SubjectIsMissing) logger.LogWarning("{Message} It was refused: {Code}", exception.Message, refusal.Code);
        if (exception is CalendarFailure { RetryAfter: { } pause })
            httpContext.Response.Headers.RetryAfter = $"{Math.Ceiling(pause.TotalSeconds):0}";
        await Problems.Of(refusal).ExecuteAsync(httpContext);
        return true;
    }

    public static Unexpected Unforeseen { get; } =
        new("this traceId", "what you sent may or may not have been carried out, so read before you repeat it");

    private static Error Refusal(HttpContext http, Exception exception) => exception switch
    {
        ValidationException invalid => FieldErrors.Of(invalid),
        BadHttpRequestException unreadable => UnreadableRequest.Refusal(http, unreadable),
        CalendarFailure failure => failure.Refusal,
        ActorIsNameless => new SubjectIsMissing(),
        StorageFailure failure => failure.Refusal,
        _ => Unforeseen,
    };
}

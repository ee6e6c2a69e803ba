using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Microsoft.Net.Http.Headers;

namespace CleanSync.Api.Parsing;

/// <summary>What every address asks of a request alike, once it is known that the caller may call.</summary>
internal static class RequestShape
{
    public static void UseRequestShape(this IApplicationBuilder app) => app.Use((http, next) =>
        Refusal(http) is { } refusal ? Problems.Of(refusal).ExecuteAsync(http) : next(http));

    private static InvalidRequest? Refusal(HttpContext http)
    {
        if (http.Request.RouteValues.TryGetValue("staffId", out var staffId) && !StaffIds.IsValid(staffId as string))
            return FieldErrors.Of("staffId", StaffIds.Expected);
        if (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && type is { Charset.HasValue: true, Encoding: null })
            return FieldErrors.Of(HeaderNames.ContentType, "Expected JSON in UTF-8: leave the charset out, or send charset=utf-8.");
        return null;
    }
}

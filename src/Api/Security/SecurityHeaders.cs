namespace CleanSync.Api.Security;

internal static class SecurityHeaders
{
    /// <summary>Answers hold client details: nothing on the way may keep them, guess their type or frame them.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            if (!http.Request.Path.StartsWithSegments("/swagger", StringComparison.Ordinal)) headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = "frame-ancestors 'none'";
            return Task.CompletedTask;
        });
        return next(http);
    });
}

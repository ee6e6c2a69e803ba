namespace CleanSync.Api.Parsing;

/// <summary>
/// HEAD and OPTIONS are their GET: the same address, the same access. HEAD leaves the body out, OPTIONS says which methods the address
/// takes.
/// </summary>
internal static class ReadingMethods
{
    private static readonly object Key = new();

    /// <summary>Before the address is looked up: both are looked up as GET.</summary>
    public static void UseReadingMethods(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var asked = http.Request.Method;
        if (!HttpMethods.IsHead(asked) && !HttpMethods.IsOptions(asked))
        {
            await next(http);
            return;
        }

        http.Items[Key] = asked;
        http.Request.Method = HttpMethods.Get;
        var body = http.Response.Body;
        if (HttpMethods.IsHead(asked)) http.Response.Body = Stream.Null;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = asked;
            http.Response.Body = body;
        }
    });

    /// <summary>Behind the access control: nothing of the GET is carried out.</summary>
    public static void UseOptions(this WebApplication app) => app.Use((http, next) =>
    {
        if (!HttpMethods.IsOptions(http.AskedMethod()) || http.GetEndpoint() is not RouteEndpoint endpoint) return next(http);
        http.Response.Headers.Allow = string.Join(", ", MethodsOf(app, endpoint));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });

    /// <summary>The method as it was sent.</summary>
    public static string AskedMethod(this HttpContext http) => http.Items[Key] as string ?? http.Request.Method;

    /// <summary>The address with its parameters in braces.</summary>
    public static string? Template(this RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.TrimEnd('/');

    private static IEnumerable<string> MethodsOf(IEndpointRouteBuilder routes, RouteEndpoint endpoint) => routes.DataSources
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.Template() == endpoint.Template())
        .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
        .Concat([HttpMethods.Head, HttpMethods.Options]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}

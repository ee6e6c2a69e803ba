namespace CleanSync.Api.OpenApi;

internal static class Announcement
{
    /// <summary>Says at start where to look first.</summary>
    public static void AnnounceSwagger(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        foreach (var address in app.Urls)
        {
            if (OpenApiRegistration.IsPublished(app.Configuration)) app.Logger.LogInformation("CleanSync is ready: Swagger UI at {Address}/swagger", Reachable(address));
            else app.Logger.LogInformation("CleanSync is ready at {Address}", Reachable(address));
        }
    });

    private static string Reachable(string address) => address.TrimEnd('/')
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("*", "localhost", StringComparison.Ordinal)
        .Replace("+", "localhost", StringComparison.Ordinal);
}

using System.Runtime.InteropServices;
using CleanSync.Api.OpenApi;
using CleanSync.Infrastructure;

namespace CleanSync.Api.Startup;

internal static class Announcement
{
    /// <summary>The first line of each run: what a report of a fault must say.</summary>
    public static void AnnounceVersion(this WebApplication app) => app.Logger.LogInformation(
        "CleanSync {Version} starts on {Platform} with {Framework}; its database is {Database}",
        Product.Version,
        RuntimeInformation.RuntimeIdentifier,
        RuntimeInformation.FrameworkDescription,
        app.Services.DatabasePlace());

    /// <summary>Says at start where to look first.</summary>
    public static void AnnounceSwagger(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        foreach (var address in app.Urls)
        {
            if (OpenApiRegistration.IsPublished(app.Configuration))
                app.Logger.LogInformation("CleanSync is ready: Swagger UI at {Address}/swagger", Reachable(address));
            else app.Logger.LogInformation("CleanSync is ready at {Address}", Reachable(address));
        }
    });

    private static string Reachable(string address) => address.TrimEnd('/')
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("*", "localhost", StringComparison.Ordinal)
        .Replace("+", "localhost", StringComparison.Ordinal);
}

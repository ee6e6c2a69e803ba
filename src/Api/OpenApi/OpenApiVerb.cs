using CleanSync.Application;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace CleanSync.Api.OpenApi;

/// <summary>
/// <c>dotnet run --project src/Api -- openapi "$PWD/docs/openapi.json"</c> writes the document; neither the database nor the schedule is
/// started.
/// </summary>
internal static class OpenApiVerb
{
    public const string Usage = "usage: CleanSync.Api openapi FILE";

    /// <param name="args">The verb, and the file to write.</param>
    public static async Task<int> Run(WebApplication app, string[] args)
    {
        if (args is not [_, var path]) throw new StartRefused($"'openapi' wants the file to write and nothing else. {Usage}");
        app.Urls.Clear();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        await File.WriteAllTextAsync(path, await Document(app.Services));
        await app.StopAsync();
        return 0;
    }

    public static async Task<string> Document(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>()
            .GetSwaggerAsync(OpenApiRegistration.DocumentName);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        return json.ReplaceLineEndings("\n") + "\n";
    }
}

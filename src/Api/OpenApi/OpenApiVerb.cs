using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace CleanSync.Api.OpenApi;

/// <summary><c>dotnet run --project src/Api -- openapi "$PWD/docs/openapi.json"</c> writes the document; neither the database nor the schedule is started.</summary>
internal static class OpenApiVerb
{
    public static bool IsAsked(string[] args) => args is ["openapi", _, ..];

    /// <summary>Nothing runs by itself while the document is written.</summary>
    public static void Quieten(IConfiguration configuration) => configuration["Scheduling:Enabled"] = "false";

    public static async Task Write(WebApplication app, string path)
    {
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        await File.WriteAllTextAsync(path, await Document(app.Services));
        await app.StopAsync();
    }

    public static async Task<string> Document(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync(OpenApiRegistration.DocumentName);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
        return json.ReplaceLineEndings("\n") + "\n";
    }
}

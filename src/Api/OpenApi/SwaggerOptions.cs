namespace CleanSync.Api.OpenApi;

/// <summary>The section Swagger of the configuration.</summary>
internal sealed class SwaggerOptions
{
    /// <summary>Whether anybody may read the OpenAPI document and the page of Swagger UI.</summary>
    public bool Enabled { get; init; } = true;
}

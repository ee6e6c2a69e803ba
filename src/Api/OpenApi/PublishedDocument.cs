using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace CleanSync.Api.OpenApi;

/// <summary>The document as it is served: rendered by the first call, and the same bytes for every other.</summary>
internal sealed class PublishedDocument(IServiceProvider services)
{
    private readonly Lazy<Task<Rendered>> rendered = new(() => Render(services));

    /// <summary>With its ETag; whoever has it already is answered 304.</summary>
    public async Task<IResult> Answer(HttpContext http)
    {
        var (bytes, tag) = await rendered.Value;
        http.Response.Headers.CacheControl = "no-cache"; // kept, and asked about each time
        return TypedResults.Bytes(bytes, "application/json; charset=utf-8", entityTag: tag);
    }

    private static async Task<Rendered> Render(IServiceProvider services)
    {
        var bytes = Encoding.UTF8.GetBytes(await OpenApiVerb.Document(services));
        return new Rendered(bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\""));
    }

    private sealed record Rendered(byte[] Bytes, EntityTagHeaderValue Tag);
}

namespace CleanSync.Api.Parsing;

internal static class ETags
{
    /// <summary>Names the stored version, to be sent back in If-Match.</summary>
    public static void SendVersion(this HttpContext http, int version) => http.Response.Headers.ETag = $"\"{version}\"";
}

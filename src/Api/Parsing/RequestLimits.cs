using System.Text;
using CleanSync.Domain;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;

namespace CleanSync.Api.Parsing;

/// <summary>
/// How large a request's head may be, and in what encoding. Kestrel answers what it refuses with a bare status, so it takes twice as much
/// as CleanSync does, and CleanSync says why. Beyond that, and for a head that is no HTTP, the bare status remains.
/// </summary>
internal static class RequestLimits
{
    public const int BodyBytes = 256 * 1024, AddressCharacters = 8 * 1024, HeaderCharacters = 32 * 1024, Headers = 100;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyBytes;
        kestrel.Limits.MaxRequestLineSize = 2 * AddressCharacters;
        kestrel.Limits.MaxRequestHeadersTotalSize = 2 * HeaderCharacters;
        kestrel.Limits.MaxRequestHeaderCount = 2 * Headers;
        // Byte by byte: what is no UTF-8 is refused here, with the name of the header, instead of there without one.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
    }

    public static void UseRequestLimits(this IApplicationBuilder app) => app.Use((http, next) =>
        Refusal(http) is { } refusal ? Problems.Of(refusal).ExecuteAsync(http) : next(http));

    private static Error? Refusal(HttpContext http)
    {
        var request = http.Request;
        var address = Math.Max(Raw(http).Length, request.Path.Value!.Length + request.QueryString.Value!.Length);
        if (address > AddressCharacters) return new AddressTooLong();
        var characters = request.Headers.Sum(h => h.Key.Length + h.Value.Sum(v => v?.Length ?? 0));
        if (characters > HeaderCharacters || request.Headers.Sum(h => h.Value.Count) > Headers) return new HeadersTooLarge();
        foreach (var (name, values) in request.Headers.Where(h => h.Value.Any(IsMoreThanAscii)).ToList())
        {
            if (Decoded(values) is not { } decoded) return FieldErrors.Of(name, "Expected a header in ASCII or UTF-8.");
            request.Headers[name] = decoded;
        }

        return null;
    }

    private static string? Decoded(string? text) =>
        text is null || text.Any(c => c > '\u00ff') ? text : Strict.GetString(Encoding.Latin1.GetBytes(text));

    private static string Raw(HttpContext http) => http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";

    private static bool IsMoreThanAscii(string? text) => text is not null && !Ascii.IsValid(text);

    /// <summary>Null when the bytes are no UTF-8. A text that was decoded already, as in a test without a socket, stays.</summary>
    private static StringValues? Decoded(StringValues values)
    {
        try
        {
            return new StringValues([.. values.Select(Decoded)]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

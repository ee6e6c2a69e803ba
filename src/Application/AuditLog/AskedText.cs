using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.AuditLog;

/// <summary>
/// Cuts what a caller asked for before it is written down. It may be refused in the end, for holding what must not be kept: of an address,
/// wherever it stands, only scheme, host and port are left, of a certificate its fingerprint; texts and lists are bounded, hidden
/// characters left out.
/// </summary>
internal static partial class AskedText
{
    public const string NoAddress = "(no address)";

    private const int Longest = 320, Most = 100;

    public static JsonNode? Cut(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(
            members.Select(m => KeyValuePair.Create(m.Key, m.Key is "allowedHosts" ? Hosts(m.Value) : Cut(m.Value)))),
        JsonArray { Count: > Most } items => new JsonArray([.. items.Take(Most).Select(Cut), $"… and {items.Count - Most} more"]),
        JsonArray items => new JsonArray([.. items.Select(Cut)]),
        JsonValue value when value.TryGetValue(out string? text) => Cut(text),
        _ => node?.DeepClone(),
    };

    public static string Cut(string text)
    {
        var visible = Address().Replace(VisibleText.Cut(text), a => Host(a.Value)); // what is hidden may hide an address
        return visible.Length <= Longest ? visible : $"{visible[..Longest]}…";
    }

    /// <summary>Scheme, host and port; of what names no host nothing.</summary>
    public static string Host(string address) => Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out var uri) ? Host(uri) : NoAddress;

    public static string Host(Uri address)
    {
        if (!address.IsAbsoluteUri) // without a dot it may be anything, a password that was pasted into the wrong field included
            return IsHost(address.OriginalString) && address.OriginalString.Contains('.') ? address.OriginalString : NoAddress;
        return IsHost(address.IdnHost) ? address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : NoAddress;
    }

    /// <summary>What is neither a host nor an address that was cut to one may be anything.</summary>
    private static JsonArray? Hosts(JsonNode? hosts) => Cut(hosts) is JsonArray cut ? [.. cut.Select(h => (JsonNode?)HostOf(h))] : null;

    private static string HostOf(JsonNode? host) =>
        host?.GetValue<string>() is { } text && (IsHost(text.TrimStart('.')) || text.StartsWith('…') || Address().IsMatch(text))
            ? text
            : NoAddress;

    private static bool IsHost(string text) =>
        Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    /// <summary>
    /// From the scheme to the next space, spaces within a user and password included. A scheme is bounded, so that a long text takes no
    /// longer than it is long.
    /// </summary>
    [GeneratedRegex("""[A-Za-z][A-Za-z0-9+.\-]{0,30}:[/\\]{2}(?:[^/\\]*@)?\S*""")]
    private static partial Regex Address();
}

/// <summary>Of an address what stands before its path.</summary>
internal sealed class HostOnly : JsonConverter<Uri>
{
    public override Uri? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) =>
        writer.WriteStringValue(AskedText.Host(value));
}

/// <summary>An address that is stored, without a user, a query or a fragment, which an older version may have accepted.</summary>
internal sealed class WholeAddress : JsonConverter<Uri>
{
    public override Uri? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Uri value, JsonSerializerOptions options) => writer.WriteStringValue(
        value.IsAbsoluteUri
            ? value.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : AskedText.Host(value));
}

/// <summary>Whose certificate is to be believed, by fingerprints: what was sent as certificates may hold a private key.</summary>
internal sealed class Fingerprints : JsonConverter<ServerTrust>
{
    public override ServerTrust? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ServerTrust value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Authorities is { } pem)
        {
            writer.WriteStartArray("authorities");
            foreach (var fingerprint in Of(pem)) writer.WriteStringValue(fingerprint);
            writer.WriteEndArray();
        }

        if (value.Pin is { } pin) writer.WriteString("pin", pin);
        writer.WriteEndObject();
    }

    private static List<string> Of(string pem)
    {
        var found = new List<string>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var block))
        {
            var bytes = Convert.FromBase64String(rest[block.Base64Data].ToString());
            if (rest[block.Label] is "CERTIFICATE") found.Add(Convert.ToHexString(SHA256.HashData(bytes)));
            rest = rest[block.Location.End..];
        }

        return found;
    }
}

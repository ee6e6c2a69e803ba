using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// Why the server refused one item or one call. The code is kept as text, since servers know several hundred and new ones appear.
/// Message and details are the server's words and may quote what was sent: keep them out of logs.
/// </summary>
/// <param name="Code">The ResponseCode, for example <c>ErrorItemNotFound</c>.</param>
/// <param name="Message">The server's MessageText.</param>
/// <param name="BackOff">How long to send nothing to this mailbox, when throttled (BackOffMilliseconds).</param>
/// <param name="Details">The name-value pairs of MessageXml, the first offending FieldURI, and the position that a schema violation
/// names.</param>
/// <param name="BatchStopped">The input was never attempted, because an earlier one of the batch failed in a way that would repeat.</param>
internal sealed record EwsError(
    string Code,
    string Message,
    TimeSpan? BackOff,
    IReadOnlyDictionary<string, string> Details,
    bool BatchStopped)
{
    /// <summary>Far above the longest that the schemas know.</summary>
    private const int LongestCode = 128;

    private const string Busy = "ErrorServerBusy";

    /// <summary>
    /// What cannot be a code, in letters or in length, is Unknown: codes go into logs and to the admin, content does not.
    /// Around it there may be white space, as in an answer that was pretty-printed. A busy server behind an internal error
    /// (InnerErrorResponseCode) is a busy server.
    /// </summary>
    public static EwsError From(string? code, string? message, Dictionary<string, string>? details)
    {
        code = code?.Trim();
        if (code == "ErrorInternalServerError" && details?.GetValueOrDefault("InnerErrorResponseCode")?.Trim() == Busy)
            code = Busy;
        return new(
            IsCode(code) ? code! : "Unknown",
            message ?? string.Empty,
            BackOffIn(details),
            details ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty,
            code == "ErrorBatchProcessingStopped");
    }

    /// <summary>Letters and digits, and not many.</summary>
    public static bool IsCode([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= LongestCode } && text.All(char.IsAsciiLetterOrDigit);

    private static TimeSpan? BackOffIn(Dictionary<string, string>? details) =>
        details is not null && details.TryGetValue("BackOffMilliseconds", out var text)
        && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds >= 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    /// <summary>Reads a MessageXml element: pairs of Value/@Name, and the property that an error speaks of.</summary>
    internal static void ReadMessageXml(EwsXmlReader xml, ref Dictionary<string, string>? details)
    {
        for (var children = xml.Children(); children.Next();)
        {
            if (xml.Is("Value") && xml.Attribute("Name") is { } name)
                (details ??= new(StringComparer.Ordinal))[name] = xml.Text();
            else if (xml.Is("FieldURI") && xml.Attribute("FieldURI") is { } field)
                (details ??= new(StringComparer.Ordinal)).TryAdd("FieldURI", field);
        }
    }
}

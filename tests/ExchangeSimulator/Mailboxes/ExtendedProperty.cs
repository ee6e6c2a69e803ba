using System.Globalization;

namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>The exact definition of an extended property: a property set and a name or number, or a MAPI tag, and the type.</summary>
public sealed record ExtendedProperty(
    Guid? Set,
    string? Name,
    int? Number,
    int? Tag,
    string Type)
{
    private static readonly Dictionary<string, Guid> Distinguished = new(StringComparer.Ordinal)
    {
        ["Meeting"] = new("6ED8DA90-450B-101B-98DA-00AA003F1305"),
        ["Appointment"] = new("00062002-0000-0000-C000-000000000046"),
        ["Common"] = new("00062008-0000-0000-C000-000000000046"),
        ["PublicStrings"] = new("00020329-0000-0000-C000-000000000046"),
        ["Address"] = new("00062004-0000-0000-C000-000000000046"),
        ["InternetHeaders"] = new("00020386-0000-0000-C000-000000000046"),
        ["CalendarAssistant"] = new("11000E07-B51B-40D6-AF21-CAA85EDAB1D0"),
        ["UnifiedMessaging"] = new("4442858E-A9E3-4E80-B900-317A210CC15B"),
        ["Task"] = new("00062003-0000-0000-C000-000000000046"),
        ["Sharing"] = new("00062040-0000-0000-C000-000000000046"),
    };

    /// <summary>A string property of a property set of one's own.</summary>
    public static ExtendedProperty Named(string propertySetId, string name) => new(Guid.Parse(propertySetId), name, null, null, "String");

    /// <summary>The definition that the attributes of an ExtendedFieldURI spell; null when their combination is not allowed.</summary>
    internal static ExtendedProperty? From(Func<string, string?> attribute)
    {
        var (set, distinguished, tag) = (attribute("PropertySetId"), attribute("DistinguishedPropertySetId"), attribute("PropertyTag"));
        var (name, number, type) = (attribute("PropertyName"), attribute("PropertyId"), attribute("PropertyType"));
        if (type is null) return null;
        if (tag is not null)
        {
            if ((set ?? distinguished ?? name ?? number) is not null) return null;
            return ParseTag(tag) is { } t ? new ExtendedProperty(null, null, null, t, type) : null;
        }
        if ((set is null) == (distinguished is null) || (name is null) == (number is null)) return null;
        if (set is not null && !Guid.TryParse(set, out _)) return null;
        var guid = set is not null ? Guid.Parse(set) : Distinguished.GetValueOrDefault(distinguished!);
        return new ExtendedProperty(guid, name, number is null ? null : int.Parse(number, CultureInfo.InvariantCulture), null, type);
    }

    private static int? ParseTag(string tag) =>
        tag.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(tag.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : null
            : int.TryParse(tag, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}

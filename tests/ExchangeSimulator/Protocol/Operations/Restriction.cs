using System.Globalization;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>A search expression over the properties that people search by.</summary>
internal sealed class Restriction(XElement expression, EwsCall call)
{
    /// <summary>What the caller may not see is not found by it either.</summary>
    public bool Fits(CalendarEntry entry) => !call.HidesFrom(entry) && Fits(expression, path => Value(entry, path));

    public bool Fits(MailFolder folder) => Fits(expression, path => Value(folder, path));

    public static List<CalendarEntry> Sort(List<CalendarEntry> entries, XElement order)
    {
        foreach (var field in order.Elements().Reverse())
        {
            var path = field.Elements().Single();
            var byValue = Comparer<string?>.Create((a, b) => Order(path, a, b));
            entries = field.Attribute("Order")!.Value == "Descending"
                ? [.. entries.OrderByDescending(e => Value(e, path), byValue)]
                : [.. entries.OrderBy(e => Value(e, path), byValue)];
        }
        return entries;
    }

    private bool Fits(XElement test, Func<XElement, string?> value) => test.Name.LocalName switch
    {
        "And" => test.Elements().All(t => Fits(t, value)),
        "Or" => test.Elements().Any(t => Fits(t, value)),
        "Not" => !Fits(test.Elements().Single(), value),
        "Exists" => value(test.Elements().Single()) is not null,
        "Contains" => Contains(test, value(test.Elements().First())),
        "Excludes" => throw new EwsRefusedException("ErrorUnsupportedPathForQuery", "The simulator does not know Excludes."),
        var comparison => Compare(comparison, test.Elements().First(), value(test.Elements().First()), Constant(test)),
    };

    private static bool Compare(string comparison, XElement path, string? left, string right)
    {
        if (left is null) return comparison == "IsNotEqualTo";
        var order = Order(path, left, right);
        return comparison switch
        {
            "IsEqualTo" => order == 0,
            "IsNotEqualTo" => order != 0,
            "IsGreaterThan" => order > 0,
            "IsGreaterThanOrEqualTo" => order >= 0,
            "IsLessThan" => order < 0,
            _ => order <= 0,
        };
    }

    /// <summary>Numbers by their value, everything else by its text.</summary>
    private static int Order(XElement path, string? left, string? right) =>
        path.Attribute("PropertyType")?.Value is "Integer" or "Long" or "Short"
        && long.TryParse(left, CultureInfo.InvariantCulture, out var a) && long.TryParse(right, CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(left, right);

    private static bool Contains(XElement test, string? value)
    {
        if (value is null) return false;
        var wanted = test.Element(Ns.T + "Constant")!.Attribute("Value")!.Value;
        var comparison = test.Attribute("ContainmentComparison")?.Value is null or "Exact"
            ? StringComparison.Ordinal
            : StringComparison.OrdinalIgnoreCase;
        return test.Attribute("ContainmentMode")?.Value switch
        {
            "Prefixed" or "PrefixOnWords" => value.StartsWith(wanted, comparison),
            "FullString" or "ExactPhrase" => value.Equals(wanted, comparison),
            _ => value.Contains(wanted, comparison),
        };
    }

    /// <summary>The operand in a form that compares ordinally: instants as sortable UTC text.</summary>
    private string Constant(XElement test)
    {
        var operand = test.Element(Ns.T + "FieldURIOrConstant")!.Elements().Single();
        if (operand.Name.LocalName != "Constant")
            throw new EwsRefusedException("ErrorUnsupportedPathForQuery", "The simulator compares with constants only.");
        var value = operand.Attribute("Value")!.Value;
        var uri = test.Elements().First().Attribute("FieldURI")?.Value;
        return uri is "calendar:Start" or "calendar:End" or "item:LastModifiedTime" or "item:DateTimeCreated"
            ? Sortable(WireTime.Read(value, call.ContextZone ?? CalendarZone.Utc))
            : value;
    }

    private static string? Value(CalendarEntry entry, XElement path)
    {
        if (path.Name.LocalName == "ExtendedFieldURI")
            return MapiProperties.Of(entry, ExtendedPropertyXml.Definition(path)) is { IsEmpty: false } values ? values[0] : null;
        return path.Attribute("FieldURI")?.Value switch
        {
            "item:Subject" => entry.Fields.Subject,
            "item:ItemClass" => entry.Fields.ItemClass,
            "item:Sensitivity" => entry.Fields.Sensitivity.ToString(),
            "item:LastModifiedTime" => Sortable(entry.Modified),
            "item:DateTimeCreated" => Sortable(entry.Created),
            "calendar:UID" => entry.Uid,
            "calendar:Start" => Sortable(entry.Fields.Start),
            "calendar:End" => Sortable(entry.Fields.End),
            "calendar:Location" => entry.Fields.Location,
            "calendar:LegacyFreeBusyStatus" => entry.Fields.FreeBusy.ToString(),
            "calendar:IsAllDayEvent" => entry.Fields.IsAllDay.Wire(),
            "calendar:IsCancelled" => entry.Fields.IsCancelled.Wire(),
            _ => throw new EwsRefusedException("ErrorUnsupportedPathForQuery", "The property cannot be searched by."),
        };
    }

    /// <summary>The class of a folder goes by its own name and by that of its MAPI property.</summary>
    private static string? Value(MailFolder folder, XElement path) =>
        (path.Attribute("FieldURI") ?? path.Attribute("PropertyTag"))?.Value.ToUpperInvariant() switch
        {
            "FOLDER:DISPLAYNAME" => folder.DisplayName,
            "FOLDER:FOLDERCLASS" or "0X3613" or "13843" => folder.FolderClass,
            _ => throw new EwsRefusedException("ErrorUnsupportedPathForQuery", "The property cannot be searched by."),
        };

    private static string Sortable(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using System.Globalization;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

/// <summary>Extended properties: what was written to an item, and what the store says of items and folders under MAPI's names.</summary>
internal static class MapiProperties
{
    private static readonly Guid Appointment = new("00062002-0000-0000-C000-000000000046");

    private static readonly Dictionary<ExtendedProperty, Func<MailFolder, string>> OfFolders = new()
    {
        [Tag(0x3602, "Integer")] = f => f.Count.Wire(), // PidTagContentCount
        [Tag(0x360A, "Boolean")] = f => f.Mailbox.Folders.Any(other => other.Parent == f).Wire(), // PidTagSubfolders
        [Tag(0x3613, "String")] = f => f.FolderClass, // PidTagContainerClass
    };

    private static readonly Dictionary<ExtendedProperty, Func<CalendarEntry, string>> OfItems = new()
    {
        // PidLidRecurring: the item stands for a series. Unlike calendar:IsRecurring it is right on masters.
        [new ExtendedProperty(Appointment, null, 0x8223, null, "Boolean")] = e => (e.Type == CalendarItemType.RecurringMaster).Wire(),
        [Tag(0x3008, "SystemTime")] = e => WireTime.Write(e.Modified, null), // PidTagLastModificationTime
        [Tag(0x0E23, "Integer")] = e => e.Number.ToString(CultureInfo.InvariantCulture), // PidTagInternetArticleNumber
    };

    /// <summary>Its values; null when the item does not have it.</summary>
    public static ImmutableArray<string>? Of(CalendarEntry entry, ExtendedProperty property)
    {
        if (OfItems.TryGetValue(property, out var value)) return [value(entry)];
        return entry.Fields.Extended.TryGetValue(property, out var values) ? values : null;
    }

    /// <summary>Its value; null when the folder does not have it.</summary>
    public static string? Of(MailFolder folder, ExtendedProperty property) => OfFolders.GetValueOrDefault(property)?.Invoke(folder);

    private static ExtendedProperty Tag(int tag, string type) => new(null, null, null, tag, type);
}

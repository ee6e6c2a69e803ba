using System.Globalization;
using System.Text;
using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Model.Fuzzing;

/// <summary>
/// Compares what was read with the input as a tree, without the client's code: each value stands in the right message, under the right
/// element of the same item; nothing is left out that stands there; and only UTF-8 is read at all.
/// </summary>
internal static class WrongItems
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static string? Find(Input input, Reading reading)
    {
        var body = Blanked(input.IsCompressed ? Disguise.Unzip(input.Body) : input.Body);
        try
        {
            _ = Strict.GetCharCount(body);
        }
        catch (DecoderFallbackException)
        {
            return "a success was read from what is no UTF-8";
        }
        if (Trees.Parse(body) is not { } tree) return "a success was read from what is no XML";
        var answers = tree.Root!.Elements()
            .Where(e => e.Name == (XNamespace)Ews.Soap + "Body")
            .Elements()
            .Where(e => Trees.IsEws(e, input.Question.Operation + "Response"));
        // The one answer that is itself the message.
        var messages = input.Question.Operation is "GetPasswordExpirationDate"
            ? answers.ToList()
            : answers.SelectMany(e => e.Children("ResponseMessages")).Elements().ToList();
        if (messages.Count != reading.Messages.Count) return $"{reading.Messages.Count} messages were read of {messages.Count}";
        return messages.Zip(reading.Messages)
            .Select(pair => Wrong(input.Question.Operation, pair.First, pair.Second))
            .FirstOrDefault(wrong => wrong is not null);
    }

    private static string? Wrong(string operation, XElement message, IReadOnlyList<object> values)
    {
        var succeeded = message.Attribute("ResponseClass")?.Value == "Success";
        if (!succeeded && values is not [EwsError]) return "a value was read of a message that is no success";
        if (values.OfType<EwsError>().FirstOrDefault() is { } error)
            return succeeded ? "an error was read of a success" : error.Code != "Unknown"
                && !message.Children("ResponseCode").Any(c => c.OwnText().Trim() == error.Code) ? $"no such code: {error.Code}" : null;
        if (operation == "FindItem" && Listed(message).Count != values.OfType<CalendarItem>().Count())
            return $"{values.OfType<CalendarItem>().Count()} items were read of {Listed(message).Count}";
        var changes = message.Children("Changes")
            .Elements()
            .Where(e => Trees.IsEws(e) && e.Name.LocalName is "Create" or "Update" or "Delete" or "ReadFlagChange")
            .ToList();
        if (operation == "SyncFolderItems" && values.OfType<SyncChange>().Count() != changes.Count)
            return $"{values.OfType<SyncChange>().Count()} changes were read of {changes.Count}";
        return values.Select(value => WrongValue(message, changes, value)).FirstOrDefault(wrong => wrong is not null);
    }

    private static List<XElement> Listed(XElement message) =>
        [.. message.Children("RootFolder").SelectMany(f => f.Children("Items")).Elements()];

    private static string? WrongValue(XElement message, List<XElement> changes, object value) => value switch
    {
        CalendarItem item => message.Descendants().Any(e => Says(e, item)) ? null : $"no such item: {item}",
        SyncChange change => changes.Any(e => Says(e, change)) ? null : $"no such change: {change}",
        ItemId id => message.Descendants().Any(e => Is(e, id)) ? null : $"no such id: {id}",
        MeetingResponded { CalendarItem: { } id } => message.Descendants().Any(e => Is(e, id)) ? null : $"no such id: {id}",
        PasswordLife { EndsAt: { } at } => SaysTime(message, "PasswordExpirationDate", at) ? null : $"no such date: {at}",
        FolderInfo folder => message.Descendants().Any(e => Says(e, folder)) ? null : $"no such folder: {folder}",
        _ => null,
    };

    private static bool Is(XElement element, ItemId id) =>
        Trees.IsEws(element, "ItemId") && element.Attribute("Id")?.Value == id.Id && element.Attribute("ChangeKey")?.Value == id.ChangeKey;

    private static bool Says(XElement element, CalendarItem item) =>
        element.Name.LocalName == item.ElementName
        && element.Elements().Any(e => Is(e, item.ItemId))
        && SaysText(element, "Subject", item.Subject) && SaysText(element, "Location", item.Location) && SaysUid(element, item.Uid)
        && SaysTime(element, "Start", item.Start)
        && SaysTime(element, "End", item.End)
        && SaysTime(element, "OriginalStart", item.OriginalStart)
        && SaysBoolean(element, "IsAllDayEvent", item.IsAllDayEvent) && SaysBoolean(element, "IsCancelled", item.IsCancelled)
        && SaysWord(element, "LegacyFreeBusyStatus", item.LegacyFreeBusyStatus?.ToString())
        && SaysWord(element, "CalendarItemType", item.CalendarItemType?.ToString())
        && SaysWord(element, "MyResponseType", item.MyResponseType?.ToString()) && IsNoMoreOpenThan(element, item.Sensitivity)
        && (item.ParentFolderId is null || element.Children("ParentFolderId").Any(e => e.Attribute("Id")?.Value == item.ParentFolderId))
        && item.ExtendedProperties.All(
            p => element.Children("ExtendedProperty").Any(e => e.Children("Value").Any(v => v.OwnText() == p.Value)));

    private static bool Says(XElement element, SyncChange change) => change.Kind is SyncChangeKind.Delete or SyncChangeKind.ReadFlag
        ? element.Name.LocalName == (change.Kind is SyncChangeKind.Delete ? "Delete" : "ReadFlagChange")
            && element.Elements().Any(e => Is(e, change.ItemId))
        : element.Name.LocalName == change.Kind.ToString() && element.Elements().Any(e => e.Elements().Any(i => Is(i, change.ItemId))
            && SaysUid(e, change.Uid) && SaysWord(e, "CalendarItemType", change.CalendarItemType?.ToString()));

    private static bool Says(XElement element, FolderInfo folder) =>
        element.Children("FolderId").Any(e => e.Attribute("Id")?.Value == folder.FolderId)
        && SaysText(element, "DisplayName", folder.DisplayName) && SaysText(element, "FolderClass", folder.FolderClass)
        && (folder.EffectiveRights is not { } rights || element.Children("EffectiveRights")
            .Any(r => Enum.GetValues<FolderRights>().Where(f => f != FolderRights.None && rights.HasFlag(f))
            .All(f => r.Children(f.ToString()).Any(e => e.OwnText().Trim() is "true" or "1"))));

    /// <summary>A text that stands there is read, and no other.</summary>
    private static bool SaysText(XElement element, string name, string? text) =>
        text is null ? !element.Children(name).Any() : element.Children(name).Any(e => !e.HasElements && e.OwnText() == text);

    /// <summary>Whoever invites names it: one of great length counts as none.</summary>
    private static bool SaysUid(XElement element, string? uid) =>
        SaysText(element, "UID", uid) || (uid is null && element.Children("UID").Any(e => e.OwnText().Length > EwsXmlReader.LongestId));

    private static bool SaysWord(XElement element, string name, string? word) =>
        word is null || element.Children(name).Any(e => e.OwnText() == word);

    private static bool SaysBoolean(XElement element, string name, bool? value) =>
        value is null
            || element.Children(name)
                .Any(e => e.OwnText().Trim() is var text && (value.Value ? text is "true" or "1" : text is "false" or "0"));

    private static bool SaysTime(XElement element, string name, DateTimeOffset? time) => time is null || element.Children(name).Any(e =>
        DateTimeOffset.TryParse(e.OwnText().Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
            && read == time);

    /// <summary>What says that it is private, or says it in a word that nobody knows, is not shown.</summary>
    private static bool IsNoMoreOpenThan(XElement element, Sensitivity? sensitivity) =>
        sensitivity is not (null or Sensitivity.Normal)
            || !element.Children("Sensitivity").Any()
            || element.Children("Sensitivity").Any(e => e.OwnText().Trim() == "Normal");

    private static byte[] Blanked(byte[] body)
    {
        var blanked = (byte[])body.Clone();
        for (var i = 0; i < blanked.Length; i++)
            if (blanked[i] < 32 && blanked[i] is not (9 or 10 or 13)) blanked[i] = 32;
        return blanked;
    }
}

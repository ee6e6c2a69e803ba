using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Control;

/// <summary>An entry of a calendar as the control routes show it.</summary>
internal sealed record EventJson(
    string Id,
    string ChangeKey,
    string Uid,
    CalendarItemType Type,
    string? SeriesId,
    DateTimeOffset? OriginalStart,
    string Subject,
    DateTimeOffset Start,
    DateTimeOffset End,
    string TimeZoneId,
    bool IsAllDay,
    Sensitivity Sensitivity,
    FreeBusy FreeBusy,
    string? Location,
    string? Body,
    bool IsCancelled,
    string? Organizer,
    string MyResponse,
    string Folder,
    DateTimeOffset LastModified,
    IReadOnlyDictionary<string, string> ExtendedProperties)
{
    public static EventJson Of(CalendarEntry e) => new(
        e.ItemId,
        e.ChangeKey,
        e.Uid,
        e.Type,
        e.MasterId,
        e.OriginalStart,
        e.Fields.Subject,
        e.Fields.Start,
        e.Fields.End,
        e.Fields.StartZone.Id,
        e.Fields.IsAllDay,
        e.Fields.Sensitivity,
        e.Fields.FreeBusy,
        e.Fields.Location,
        e.Fields.Body,
        e.Fields.IsCancelled,
        e.Fields.Organizer?.Address,
        e.Fields.MyResponse,
        e.FolderName,
        e.Modified,
        e.Fields.Extended.ToDictionary(p => p.Key.Name ?? $"{p.Key.Set}/{p.Key.Number ?? p.Key.Tag}", p => string.Join(';', p.Value)));
}

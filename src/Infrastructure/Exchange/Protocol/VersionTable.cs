using System.Collections.Frozen;
using CleanSync.Infrastructure.Exchange.Protocol.Items;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// Which property or value exists in which request version; this table alone decides what a request leaves out.
/// The server validates a request against the schema of the version that it names, so one element too new refuses the whole call.
/// Sources: docs/exchange.md, "Versions", and the "Version" line of each element's page in Microsoft's EWS reference.
/// </summary>
internal static class VersionTable
{
    /// <summary>Subscribe with a StreamingSubscriptionRequest, and GetStreamingEvents.</summary>
    public const string StreamingNotifications = "StreamingNotifications";

    /// <summary>GetPasswordExpirationDate.</summary>
    public const string PasswordExpiration = "PasswordExpiration";

    private static readonly FrozenDictionary<string, Span> Known = new Dictionary<string, Span>(StringComparer.Ordinal)
    {
        [Field.DisplayName] = Always,
        [Field.FolderClass] = Always,
        [Field.TotalCount] = Always,
        [Field.FolderParentFolderId] = Always,
        [Field.FolderEffectiveRights] = Always,
        [Field.ParentFolderId] = Always,
        [Field.Subject] = Always,
        [Field.Sensitivity] = Always,
        [Field.Body] = Always,
        [Field.ReminderIsSet] = Always,
        [Field.ReminderMinutesBeforeStart] = Always,
        [Field.LastModifiedTime] = Always,
        [Field.Uid] = Always,
        [Field.Start] = Always,
        [Field.End] = Always,
        [Field.OriginalStart] = Always,
        [Field.IsAllDayEvent] = Always,
        [Field.LegacyFreeBusyStatus] = Always,
        [Field.Location] = Always,
        [Field.IsCancelled] = Always,
        [Field.CalendarItemType] = Always,
        [Field.MyResponseType] = Always,
        [Field.AppointmentState] = Always,
        // The only zone of 2007; later versions keep it for old clients, and StartTimeZone says the same better.
        [Field.MeetingTimeZone] = new(ExchangeServerVersion.Exchange2007_SP1, ExchangeServerVersion.Exchange2007_SP1),
        [Field.StartTimeZone] = Since(ExchangeServerVersion.Exchange2010),
        [Field.EndTimeZone] = Since(ExchangeServerVersion.Exchange2010),
        [Field.StartTimeZoneId] = Since(ExchangeServerVersion.Exchange2013),
        [Field.EndTimeZoneId] = Since(ExchangeServerVersion.Exchange2013),
        [nameof(LegacyFreeBusyStatus.WorkingElsewhere)] = Since(ExchangeServerVersion.Exchange2013),
        [Field.ItemEffectiveRights] = Always,
        [PasswordExpiration] = Since(ExchangeServerVersion.Exchange2010_SP2),
        [StreamingNotifications] = Since(ExchangeServerVersion.Exchange2010_SP1),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Span Always => Since(ExchangeServerVersion.Exchange2007_SP1);

    /// <summary>Every entry, for tests.</summary>
    public static IEnumerable<string> Entries => Known.Keys;

    /// <summary>
    /// Whether a request of this version may name the entry. An entry that the table lacks is a programming error and throws.
    /// </summary>
    public static bool Has(this ExchangeServerVersion version, string entry) =>
        Known.TryGetValue(entry, out var span)
            ? version >= span.First && version <= span.Last
            : throw new ArgumentException($"{entry} has no line in the version table.", nameof(entry));

    private static Span Since(ExchangeServerVersion first) => new(first, ExchangeServerVersion.Exchange2016);

    private readonly record struct Span(ExchangeServerVersion First, ExchangeServerVersion Last);
}

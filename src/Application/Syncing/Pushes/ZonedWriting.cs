using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>
/// Writes under the zone that was booked, and where Exchange does not know that one, under another in which it is the same time while the
/// event lasts
/// (docs/exchange.md, "Time zones").
/// </summary>
internal static class ZonedWriting
{
    /// <param name="mailbox">For the words of the refusal.</param>
    /// <param name="content">As it was booked.</param>
    /// <param name="write">Writes it under the zone that its times name.</param>
    /// <returns>What was written, and the zone that stands in; null when it is the one that was booked.</returns>
    public static async Task<(T Written, string? StandIn)> Write<T>(string mailbox, CopyContent content, Func<CopyContent, Task<T>> write)
    {
        CalendarFailure? refused = null;
        foreach (var zone in (string?[])[null, .. StandInZones.For(content.Times)])
        {
            try
            {
                return (await write(zone is null ? content : content with { Times = content.Times.Under(zone) }), zone);
            }
            catch (CalendarFailure failure) when (failure.Meaning is FailureMeaning.ZoneUnknown)
            {
                refused ??= failure; // nothing was written
            }
        }

        throw new CalendarFailure(
            FailureReach.Item, new TimeZoneIsUnknownToExchange(content.Times.TimeZone, mailbox, content.Times.IsAllDay),
                refused!.ExchangeCode, inner: refused)
        {
            IsAnswer = true,
        };
    }
}

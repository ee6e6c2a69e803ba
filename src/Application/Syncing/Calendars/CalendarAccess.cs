using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>One staff member's calendar, and the integration through which it is reached.</summary>
/// <param name="CalendarId">Exchange's id of the folder; null before the mailbox was checked, and then the default calendar is meant.</param>
/// <param name="TimeZone">The staff member's zone, for all-day events whose own zone says nothing.</param>
/// <param name="Turn">In whose turn calls are made; null for an admin's check, which changes nothing.</param>
public sealed record CalendarAccess(ExchangeIntegration Integration, string MailboxAddress, string? CalendarId, string TimeZone, IMailboxTurn? Turn = null)
{
    public static CalendarAccess Of(ExchangeIntegration integration, StaffCalendarLink link, IMailboxTurn? turn = null) =>
        new(integration, link.MailboxAddress ?? throw new InvalidOperationException("A link without an address has no calendar."), link.CalendarId, link.TimeZone, turn);
}

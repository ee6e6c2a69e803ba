using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>One calendar, open for work: where it lies, how it is reached, and under whose lock.</summary>
/// <param name="Server">Through which it is reached.</param>
/// <param name="Settings">What it is synced by.</param>
/// <param name="CalendarId">Exchange's id of the folder; null before the mailbox was checked, and then the default calendar is
/// meant.</param>
/// <param name="TimeZone">The staff member's zone, for all-day events whose own zone says nothing.</param>
/// <param name="Lock">Under which calls are made and changes are committed; null for an admin's check, which changes nothing.</param>
public sealed record OpenCalendar(
    ServerConnection Server,
    SyncSettings Settings,
    string MailboxAddress,
    string? CalendarId,
    string TimeZone,
    MailboxLock? Lock = null)
{
    /// <summary>Asked last, when nothing is left to wait for; it throws to keep the call from being sent.</summary>
    public Func<CancellationToken, Task>? LastCheck { get; init; }

    public Guid LinkId => Held.LinkId;

    public MailboxLease Lease => Held.Lease;

    public Guid PassId => Held.PassId;

    private MailboxLock Held => Lock ?? throw new InvalidOperationException("Nothing is changed in a calendar that nobody has locked.");

    /// <summary>The calendar that a link leads to.</summary>
    public static OpenCalendar Of(ExchangeIntegration integration, StaffCalendarLink link, MailboxLock? held = null) =>
        At(integration, AddressOf(link), link.CalendarId, link.TimeZone, held);

    /// <summary>A calendar of any mailbox that an integration reaches.</summary>
    public static OpenCalendar At(
        ExchangeIntegration integration,
        string mailboxAddress,
        string? calendarId,
        string timeZone,
        MailboxLock? held) =>
        new(integration.Server, integration.SyncSettings, mailboxAddress, calendarId, timeZone, held);

    /// <summary>The same way to the calendar that a link leads to by now.</summary>
    public OpenCalendar As(StaffCalendarLink link) =>
        new(Server, Settings, AddressOf(link), link.CalendarId, link.TimeZone, Lock);

    /// <summary>
    /// To be awaited right before every call to Exchange, when nothing is left to wait for: the lock outlasts the call's deadline by a
    /// margin, because Exchange does not know who holds it. Throws when it was lost.
    /// </summary>
    public async Task BeforeSend(CancellationToken ct)
    {
        if (Lock is not null) await Lock.Outlast(ct);
        if (LastCheck is not null) await LastCheck(ct);
    }

    /// <summary>Makes sure that the mailbox is still ours, and for longer; throws <see cref="LeaseWasLost"/> otherwise.</summary>
    public Task Confirm(CancellationToken ct) => Held.Confirm(ct);

    /// <summary>Counts rows that were changed in the booking product.</summary>
    public void Note(int changes) => Held.Note(changes);

    private static string AddressOf(StaffCalendarLink link) =>
        link.MailboxAddress ?? throw new InvalidOperationException("A link without an address has no calendar.");
}

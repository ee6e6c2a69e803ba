using System.Text.Json.Serialization;
using CleanSync.Application.StaffCalendarLinks;

namespace CleanSync.Api.StaffCalendarLinks;

/// <summary>A staff member's calendar in Exchange.</summary>
/// <param name="StaffName">1 to 200 characters.</param>
/// <param name="IntegrationId">The integration through which the mailbox is reached. A staff member belongs to one.</param>
/// <param name="TimeZone">IANA or Windows id of the staff member's time zone, such as Europe/Berlin.</param>
/// <param name="MailboxAddress">Primary e-mail address of the mailbox; null while there is none, and then the link shows a warning.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StaffLink(string StaffName, Guid IntegrationId, string TimeZone, string? MailboxAddress = null)
{
    internal static StaffLink Example { get; } =
        new("Anna Adler", Guid.Parse("0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21"), "Europe/Berlin", "anna.adler@contoso.example");
}

/// <param name="Decision">Release: the removals were meant and happen now. Reject: they were an accident.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HeldDeletionsChoice(HeldDeletionsDecision Decision);

/// <param name="Enabled">false stops syncing this staff member; true catches up with both sides.</param>
/// <param name="Copies">
/// Required to switch off. Keep: the appointments stay in Outlook as they are. Remove: they are removed from Outlook, and those still to
/// come are written again when it is switched on.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LinkSwitch(bool Enabled, CopiesDecision? Copies = null);

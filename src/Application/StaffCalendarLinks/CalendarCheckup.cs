using CleanSync.Application.Syncing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>Opens a staff member's calendar, learns its id and what the account may do in it, and saves the finding in the link.</summary>
internal sealed class CalendarCheckup(ICalendarDirectory directory, IStaffCalendarLinkRepository links, ISyncLedger ledger, SyncOptions options, TimeProvider time)
{
    /// <summary>Never throws for what Exchange says of this one mailbox: that becomes the link's health. Integration-wide failures go on to the caller.</summary>
    public async Task<StaffCalendarLink> Check(ExchangeIntegration integration, StaffCalendarLink link, CancellationToken ct)
    {
        var (calendarId, problem, exchangeCode) = await Open(integration, link, ct);
        while (true)
        {
            var found = problem is null
                ? link.Checked(calendarId!, time.GetUtcNow())
                : link.Failed(Health(problem, exchangeCode), time.GetUtcNow() + options.PauseAfter(link.Failures + 1));
            if (await ledger.Commit(new LedgerEntry { Links = [found] }, ct)) return found with { Version = link.Version + 1 };
            link = await links.Find(link.Id, ct) ?? throw new InvalidOperationException("The link was removed while it was checked.");
        }
    }

    public static LinkHealth Health(Error problem, string? exchangeCode) => new(
        problem is MailboxAddressIsMissing or MailboxNotFound ? LinkState.Warning : LinkState.Error, problem.Code, problem.Message, exchangeCode);

    private async Task<(string? CalendarId, Error? Problem, string? ExchangeCode)> Open(ExchangeIntegration integration, StaffCalendarLink link, CancellationToken ct)
    {
        if (link.MailboxAddress is not { } address) return (null, new MailboxAddressIsMissing(link.StaffId), null);
        try
        {
            var calendar = await directory.CheckCalendar(CalendarAccess.Of(integration, link), ct);
            if (!calendar.MayRead) return (null, new CalendarAccessDenied(address, integration.Account.UserName), null);
            if (!calendar.MayCreate) return (null, new CalendarRightsMissing(address, integration.Account.UserName), null);
            if (calendar.CalendarId == integration.AccountCalendarId) return (null, new MailboxIsTheServiceAccounts(address), null);
            var other = (await links.OfIntegration(integration.Id, ct)).FirstOrDefault(l => l.Id != link.Id && l.CalendarId == calendar.CalendarId);
            return other is null ? (calendar.CalendarId, null, null) : (null, new MailboxIsLinkedAlready(address, other.StaffId), null);
        }
        catch (CalendarFailure failure) when (failure.Reach is not FailureReach.Integration)
        {
            return (null, failure.Refusal, failure.ExchangeCode);
        }
    }
}

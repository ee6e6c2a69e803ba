using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>
/// Opens a staff member's calendar, learns its id and what the account may do in it, and saves the finding in the link. Another calendar
/// than before is never a silent switch: its copies are written anew and go from the former one, and the admin is warned.
/// </summary>
internal sealed class CalendarCheckup(
    ICalendarDirectory directory,
    IStaffCalendarLinkRepository links,
    ISyncedEventRepository events,
    ICleanUpItems former,
    ISyncStore store,
    SyncOptions options,
    INewIds ids,
    TimeProvider time)
{
    /// <summary>
    /// What Exchange says of this one mailbox becomes the link's health; only a failure of the whole integration is thrown.
    /// </summary>
    public async Task<StaffCalendarLink> Check(ExchangeIntegration integration, StaffCalendarLink link, CancellationToken ct)
    {
        try
        {
            if (link.MailboxAddress is null) throw Refused(new MailboxAddressIsMissing(link.StaffId));
            return await Open(OpenCalendar.Of(integration, link), link, ct);
        }
        catch (CalendarFailure failure) when (failure is { NothingWasSent: true, RetryAfter: { } wait })
        {
            return await Save(link, l => Task.FromResult(new ChangeSet { Links = [l.Due(time.GetUtcNow() + wait)] }), ct);
        }
        catch (CalendarFailure failure) when (failure.Reach is not FailureReach.Integration)
        {
            return await Save(link, l => Task.FromResult(new ChangeSet
            {
                Links = [Failed(l, failure, time.GetUtcNow())],
            }), ct);
        }
    }

    /// <summary>Throws <see cref="CalendarFailure"/> when the calendar cannot be synced as things are.</summary>
    public async Task<StaffCalendarLink> Open(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct)
    {
        var (address, server, settings) = (calendar.MailboxAddress, calendar.Server, calendar.Settings);
        var found = await directory.CheckCalendar(calendar, ct);
        if (!found.MayRead) throw Refused(new CalendarAccessDenied(address, server.UserName, server.UseImpersonation));
        if (!found.MayCreate) throw Refused(new CalendarRightsMissing(address, server.UserName, server.UseImpersonation));
        if (found.CalendarId == settings.AccountCalendarId) throw Refused(new MailboxIsTheServiceAccounts(address));
        var other = (await links.ToCalendar(found.CalendarId, ct)).FirstOrDefault(l => l.Id != link.Id);
        if (other is not null) throw Refused(new MailboxIsLinkedAlready(address, other.StaffId));
        return await Save(link, l => Opened(l, settings.IdentityVersion, found.CalendarId, ct), ct);
    }

    private async Task<ChangeSet> Opened(StaffCalendarLink link, int identityVersion, string calendarId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var opened = new ChangeSet { Links = [link.Checked(calendarId, identityVersion, now)] };
        if (link.IsUnderFormerIds(identityVersion)) return opened;
        opened = opened with { ForgetFormer = await former.In(link.Id, calendarId, ct) };
        if (link.CalendarId is null || link.CalendarId == calendarId) return opened;
        var change = CalendarChange.Of(link, await events.OfLink(link.Id, ct), now, options.AttemptGrace, ids.Next);
        return opened with
        {
            Keep = change.Keep,
            Remove = change.Remove,
            Former = change.Former,
            Warnings = [new LinkWarning(ids.Next(), link.Id, now, SyncWarning.CalendarReplaced())],
        };
    }

    /// <summary>Missing data on either side is a warning; a missing right or another failure is an error.</summary>
    public static LinkHealth Health(CalendarFailure failure) => new(
        failure.Refusal is MailboxAddressIsMissing or MailboxNotFound or MailboxAddressIsNotPrimary
            ? LinkState.Warning
            : LinkState.Error,
        failure.Reason);

    private StaffCalendarLink Failed(StaffCalendarLink link, CalendarFailure failure, DateTimeOffset now) =>
        link.Failing(new PassFailure(now, failure.Reason)).Failed(
            Health(failure),
            now,
            now + options.PauseAfter(link.Failures + 1));

    private static CalendarFailure Refused(Error problem) => new(FailureReach.Link, problem);

    private async Task<StaffCalendarLink> Save(
        StaffCalendarLink link,
        Func<StaffCalendarLink, Task<ChangeSet>> change,
        CancellationToken ct)
    {
        var saved = link;
        var stored = await store.Change("The link", async () =>
        {
            saved = link; // which it stays when it was deleted meanwhile: whoever goes on with it finds its lease gone
            if (await links.Find(link.Id, ct) is not { } current) return (ChangeSet?)null;
            var entry = await change(current);
            saved = entry.Links[0].Saved();
            return entry;
        }, ct);
        return stored.Refusal is { } refusal ? throw new CalendarFailure(FailureReach.Passing, refusal) : saved;
    }
}

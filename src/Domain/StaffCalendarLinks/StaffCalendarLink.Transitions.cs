using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>What happens to a link, each as the link that follows.</summary>
public sealed partial record StaffCalendarLink
{
    /// <summary>A staff member is linked; syncing begins at once, unless each is switched on by hand.</summary>
    public static StaffCalendarLink New(
        Guid id,
        ExchangeIntegration integration,
        string staffId,
        string staffName,
        string? mailboxAddress,
        string timeZone,
        DateTimeOffset now) => new()
        {
            Id = id,
            StaffId = staffId,
            StaffName = staffName,
            IntegrationId = integration.Id,
            MailboxAddress = mailboxAddress,
            TimeZone = timeZone,
            Enabled = !integration.ManualSyncing,
            Health = integration.ManualSyncing ? LinkHealth.Waiting : LinkHealth.Of(staffId, mailboxAddress),
            NextSyncAt = integration.ManualSyncing ? null : now,
        };

    /// <summary>As it is once this was stored.</summary>
    public StaffCalendarLink Saved() => this with { Version = Version + 1 };

    public StaffCalendarLink Put(
        Guid integrationId,
        string staffName,
        string? mailboxAddress,
        string timeZone,
        DateTimeOffset now)
    {
        var sameMailbox = integrationId == IntegrationId
            && string.Equals(mailboxAddress, MailboxAddress, StringComparison.OrdinalIgnoreCase);
        var kept = this with
        {
            IntegrationId = integrationId,
            StaffName = staffName,
            MailboxAddress = mailboxAddress,
            TimeZone = timeZone,
            NextSyncAt = now,
            SettingsVersion = SettingsVersion + 1,
        };
        var former = Former ?? (CalendarId is not null && MailboxAddress is { } address ? new FormerMailbox(IntegrationId, address) : null);
        return sameMailbox ? kept : kept with { CalendarChecked = false, Former = former, Health = LinkHealth.Of(StaffId, mailboxAddress) };
    }

    /// <summary>
    /// The mailbox was opened. Another calendar than before starts from a full pass; the same one goes on from its cursor. An unhandled
    /// exception, which may come again in what follows, is not over yet.
    /// </summary>
    /// <param name="identityVersion">Of the integration, under which the calendar's id was read.</param>
    public StaffCalendarLink Checked(string calendarId, int identityVersion, DateTimeOffset now)
    {
        var opened = Opened(calendarId, now);
        // The same calendar under another id, or it looks so: the full pass that follows finds everything again by its tags.
        return IsUnderFormerIds(identityVersion)
            ? opened with { Cursor = null, CalendarReplaced = false }
            : opened with { IdentityVersion = identityVersion };
    }

    /// <summary>Its mailbox is the one that was read, and its ids were read under another identity version.</summary>
    public bool IsUnderFormerIds(int identityVersion) =>
        CalendarId is not null && Former is null && IdentityVersion != identityVersion;

    private StaffCalendarLink Opened(string calendarId, DateTimeOffset now) => (IsUnhandled ? this : WithoutTrouble()) with
    {
        CalendarId = calendarId,
        CalendarChecked = true,
        CalendarReplaced = calendarId == CalendarId ? CalendarReplaced : CalendarId is not null && Former is null,
        Former = null,
        Cursor = calendarId == CalendarId ? Cursor : null,
        NextSyncAt = now,
        RecheckAskedAt = null,
        RecheckedAt = RecheckAskedAt is null ? RecheckedAt : now,
    };

    private StaffCalendarLink WithoutTrouble() =>
        this with { Health = Health.State is LinkState.Syncing ? Health : LinkHealth.Waiting, Failures = 0, FailingSince = null };

    /// <summary>An admin wants the mailbox opened and read anew: the next pass, which is due now, does so.</summary>
    public StaffCalendarLink RecheckAsked(DateTimeOffset now) => this with { RecheckAskedAt = now, NextSyncAt = now };

    /// <summary>Exchange does not know the calendar folder any more: the next pass opens the mailbox anew.</summary>
    public StaffCalendarLink CalendarLost() => this with { CalendarChecked = false };

    public StaffCalendarLink SwitchedOn(DateTimeOffset now) => this with
    {
        Enabled = true,
        RemovesCopies = false,
        NextSyncAt = now,
        Failures = 0,
        FailingSince = null,
        Health = LinkHealth.Of(StaffId, MailboxAddress),
        SettingsVersion = SettingsVersion + 1,
    };

    public StaffCalendarLink SwitchedOff(bool removesCopies) => this with
    {
        Enabled = false,
        RemovesCopies = removesCopies,
        NextSyncAt = null,
        RecheckAskedAt = null,
        Health = LinkHealth.Waiting,
        SettingsVersion = SettingsVersion + 1,
    };

    /// <summary>An admin wants it deleted: from now on no pass and no push begins.</summary>
    public StaffCalendarLink ToDelete(bool removesCopies, DateTimeOffset now) =>
        SwitchedOff(removesCopies: false) with { Deletion = new LinkDeletion(Deletion?.AskedAt ?? now, removesCopies) };

    /// <summary>
    /// A page was read, and what it mentions is no drift. A cursor that an admin dropped meanwhile stays dropped.
    /// </summary>
    public StaffCalendarLink Advanced(SyncCursor cursor, ChangeMentions mentions, bool windowReadDue) => this with
    {
        Cursor = Cursor is null ? null : cursor,
        WindowReadDue = WindowReadDue || windowReadDue,
        Drift = Drift.ExplainedBy(mentions),
    };

    /// <summary>The calendar was read from scratch: what was suspected before means nothing any more.</summary>
    /// <param name="identityVersion">Of the integration, under which all ids were read.</param>
    public StaffCalendarLink ReadWhole(SyncCursor cursor, int identityVersion) =>
        this with { Cursor = cursor, IdentityVersion = identityVersion, Drift = Drift.Unsuspecting() };

    /// <summary>The next pass, which is due now, reads the calendar from scratch.</summary>
    public StaffCalendarLink Resynced(DateTimeOffset now) =>
        this with { Cursor = null, ResyncAskedAt = now, NextSyncAt = now, Failures = 0, FailingSince = null };

    /// <summary>Its integration is being disconnected: nothing is known of the calendar any more, and nothing is read or written.</summary>
    public StaffCalendarLink Leaving() => this with
    {
        Enabled = false,
        RemovesCopies = false,
        CalendarId = null,
        CalendarChecked = false,
        CalendarReplaced = false,
        Former = null,
        Cursor = null,
        NextSyncAt = null,
        Health = LinkHealth.Waiting,
    };

    /// <summary>The next pass, which is due now, reads the window whole.</summary>
    public StaffCalendarLink WindowDue(DateTimeOffset now) =>
        this with { WindowReadDue = true, NextSyncAt = NextSyncAt is null || NextSyncAt > now ? now : NextSyncAt };

    /// <summary>The window was read whole and the difference is in the same commit.</summary>
    public StaffCalendarLink WindowRead(SyncWindow window, int projectionVersion) => this with
    {
        WindowReadDue = false,
        CalendarReplaced = false,
        WindowReadOn = window.Day,
        WindowStart = window.Start,
        WindowEnd = window.End,
        ProjectionVersion = projectionVersion,
    };

    /// <summary>A pass ended well.</summary>
    /// <param name="changed">Exchange told a change that was not our own.</param>
    public StaffCalendarLink Completed(bool changed, PollPace pace, DateTimeOffset now)
    {
        var lastChange = changed ? now : LastChangeAt;
        return this with
        {
            LastChangeAt = lastChange,
            LastSyncedAt = now,
            NextSyncAt = RecheckAskedAt is null && Cursor is not null ? now + pace.Interval(lastChange, now) : now,
            Failures = 0,
            FailingSince = null,
            Health = LinkHealth.Syncing,
        };
    }

    /// <summary>Every page was read: what none explained has drifted.</summary>
    public StaffCalendarLink DriftEstablished(DateTimeOffset now) => this with { Drift = Drift.Established(now) };

    /// <summary>The nightly read found these otherwise than stored.</summary>
    public StaffCalendarLink Suspecting(IReadOnlyList<DriftSuspect> found) => this with { Drift = Drift.Suspecting(found) };

    /// <summary>What is wrong is known, and so is the result of a check that an admin asked for.</summary>
    public StaffCalendarLink Failed(LinkHealth health, DateTimeOffset now, DateTimeOffset nextTry) => FailedInPassing(nextTry) with
    {
        Health = health,
        RecheckAskedAt = null,
        RecheckedAt = RecheckAskedAt is null ? RecheckedAt : now,
    };

    /// <summary>This may pass by itself: the link stays as it was, and a check that an admin asked for is still to come.</summary>
    /// <param name="shown">What is shown until a pass ends well; null to show it as before.</param>
    public StaffCalendarLink FailedInPassing(DateTimeOffset nextTry, LinkHealth? shown = null) =>
        this with { Failures = Failures + 1, NextSyncAt = nextTry, Health = shown ?? Health };

    /// <summary>It has failed, whatever follows from that.</summary>
    public StaffCalendarLink Failing(PassFailure failure) => this with { FailingSince = FailingSince ?? failure.At, LastFailure = failure };

    /// <summary>Its calendar was read, and something else is wrong still.</summary>
    public StaffCalendarLink StillShowing(LinkHealth health) => this with { Health = health };

    /// <summary>What is to go from the calendars that it has left is out of reach.</summary>
    public StaffCalendarLink CleanUpFailed(LinkHealth health) => this with { Health = health };

    /// <summary>What is to go can be reached again.</summary>
    public StaffCalendarLink CleanUpGoesOn() => this with { Health = LinkHealth.Waiting };

    /// <summary>Exchange no longer accepts the cursor: the next pass, which is due now, is a full one.</summary>
    public StaffCalendarLink CursorRefused(DateTimeOffset now) => this with { Cursor = null, NextSyncAt = now };

    /// <summary>Nothing has become of it, and its next pass is due then.</summary>
    public StaffCalendarLink Due(DateTimeOffset at) => this with { NextSyncAt = at };
}

using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Appointments;

/// <summary>A copy on its way into, or out of, one staff member's calendar, and all that can hold it up.</summary>
/// <param name="DueAt">When the copy by itself is due.</param>
/// <param name="Pause">What Exchange asked for; null when it asked for none.</param>
internal sealed record WaitingCopy(
    CopyState State,
    DateTimeOffset? DueAt,
    Reason? Failure,
    StaffCalendarLink Link,
    ExchangeIntegration Integration,
    CopyPause? Pause)
{
    /// <summary>Why it waits, and until when; no time when it is tried just now, or when only a person can say.</summary>
    public (CopyWait Why, DateTimeOffset? Until) At(DateTimeOffset now)
    {
        var (why, until) = HeldUp(now);
        if (until is null && why.Problem is not (Queued or Failed)) return (why, null);
        var next = DueAt > until || until is null ? DueAt : until;
        return (why, next > now ? next : null);
    }

    private const string Queued = "queued", Failed = "push-failed";

    /// <summary>In the order in which it has to be mended.</summary>
    private (CopyWait Why, DateTimeOffset? Until) HeldUp(DateTimeOffset now)
    {
        if (!Link.Enabled && !(Link.RemovesCopies && State is CopyState.Withdrawing)) return (Told(new LinkIsDisabled(Link.StaffId)), null);
        if (Integration.Status is IntegrationStatus.CredentialRefused)
            return (Told(new CredentialRefused(Integration.Account.UserName)), null);
        if (Integration.BlockedBy is { } still) return (Told(still), Integration.PausedUntil);
        if (Link.MailboxAddress is null) return (Told(new MailboxAddressIsMissing(Link.StaffId)), null);
        if (LinksProblem() is { } problem) return (problem, Link.NextSyncAt > now ? Link.NextSyncAt : now);
        if (Pause is { } pause && TrafficPause.Holds(pause.Until, now)) return (Told(new ExchangeIsBusy(pause.Reason)), pause.Until);
        if (State is CopyState.Failed or CopyState.Withdrawing && Failure is { } failure)
            return (new CopyWait(Failed, failure.Text), null);
        return Link.Cursor is null ? (Told(SyncRules.FirstSyncPending), now) : (new CopyWait(Queued, SyncRules.Queued.Meaning), null);
    }

    private CopyWait? LinksProblem() => Link switch
    {
        { Health: { State: LinkState.Error or LinkState.Warning, Reason: { } reason } } => Told(reason),
        { Failures: > 0, LastFailure.Reason: { } reason } => Told(reason),
        _ => null,
    };

    private static CopyWait Told(Error refusal) => new(refusal.Code, refusal.Message);

    private static CopyWait Told(Reason reason) => new(reason.Code, reason.Text);

    private static CopyWait Told(SyncRule rule) => new(rule.Id, rule.Meaning);

    /// <summary>Of somebody for whom there is no copy at all.</summary>
    public static CopyWait WithoutCopy(string staffId, StaffCalendarLink? link) => link switch
    {
        null => Told(new StaffMemberIsNotLinked(staffId)),
        { Enabled: false } => Told(new LinkIsDisabled(staffId)),
        _ => Told(SyncRules.AppointmentWasOver),
    };
}

/// <summary>Exchange asked for calls to a mailbox, or to all of them, to wait.</summary>
internal sealed record CopyPause(DateTimeOffset Until, string Reason);

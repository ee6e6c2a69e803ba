using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>How far a failure reaches, and so who has to act.</summary>
public enum FailureReach
{
    /// <summary>Passes by itself: try again with growing pauses.</summary>
    Passing,

    /// <summary>Exchange asked for a pause.</summary>
    BackOff,

    /// <summary>The cursor is no longer accepted: start from a full pass.</summary>
    Resync,

    /// <summary>Only this item.</summary>
    Item,

    /// <summary>Only writing into this mailbox; reading goes on.</summary>
    Writing,

    /// <summary>Only this staff member's link.</summary>
    Link,

    /// <summary>The whole integration: an admin has to act.</summary>
    Integration,

    /// <summary>A fault of ours.</summary>
    Bug,

    /// <summary>Nobody foresaw it: a bug, a full disk, a broken database. Shown at once, and tried again with growing pauses.</summary>
    Unexpected,
}

/// <summary>Exchange, or the way to it, failed. Carries no content of any item and no credential.</summary>
public sealed class CalendarFailure : Exception
{
    public CalendarFailure(
        FailureReach reach,
        Error refusal,
        string? exchangeCode = null,
        TimeSpan? retryAfter = null,
        bool outcomeUnknown = false,
        Exception? inner = null)
        : base($"{refusal.Code}{(exchangeCode is null ? "" : $" ({exchangeCode})")}", inner)
    {
        Reach = reach;
        Refusal = refusal;
        ExchangeCode = exchangeCode;
        RetryAfter = retryAfter;
        OutcomeUnknown = outcomeUnknown;
    }

    public FailureReach Reach { get; }

    /// <summary>What to tell an admin.</summary>
    public Error Refusal { get; }

    public string? ExchangeCode { get; }

    /// <summary>How long Exchange asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The request may have been carried out although no answer arrived.</summary>
    public bool OutcomeUnknown { get; }

    /// <summary>Exchange itself refused what was asked of this one mailbox, or it waits for its turn; others may fare better.</summary>
    public bool IsOfOneMailbox => Reach is not FailureReach.Integration
        && (IsAnswer || this is { NothingWasSent: true, Reach: FailureReach.BackOff });

    /// <summary>
    /// Exchange itself refused it with a response code, or its front end did for this mailbox: the way to it, and its web server, are
    /// well.
    /// </summary>
    public bool IsAnswer { get; init; }

    /// <summary>The credential was refused (and not, say, merely missing a right).</summary>
    public bool CredentialWasRefused { get; init; }

    /// <summary>
    /// The call was not made: Exchange asked for a pause before, or the credential was refused. It says nothing of this calendar.
    /// </summary>
    public bool NothingWasSent { get; init; }

    /// <summary>Exchange stopped before the end of something long: it may do half of it.</summary>
    public bool WasTooMuch { get; init; }

    /// <summary>It passes as a rule; when it comes again and again for one item, it is the item's own.</summary>
    public bool MayBeOfItem { get; init; }

    /// <summary>The change feed cannot give an item, not even on a page of its own; what is in the calendar can still be read.</summary>
    public bool ChangesAreUnreadable { get; init; }

    /// <summary>Exchange does not know the calendar that was asked for: the mailbox may have another one.</summary>
    public bool CalendarIsUnknown { get; init; }

    /// <summary>The calendar is gone, and all that lay in it.</summary>
    public bool CalendarIsGone { get; init; }

    /// <summary>Exchange does not know the time zone that was named; nothing was written.</summary>
    public bool ZoneIsUnknown { get; init; }

    /// <summary>Exchange holds back whether an item is ours: it is tried again later.</summary>
    public static CalendarFailure OfWithheldItem(string mailbox) => new(FailureReach.Item, new ItemIsPrivate(mailbox)) { IsAnswer = true };

    /// <summary>Exchange cannot give an item that may be ours: it is tried again later.</summary>
    public static CalendarFailure OfItem(string mailbox, string exchangeCode) =>
        new(FailureReach.Item, new CalendarWasNotReached(mailbox, exchangeCode), exchangeCode) { IsAnswer = true };
}

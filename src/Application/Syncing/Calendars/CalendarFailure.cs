using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>Exchange, or the way to it, failed. Carries no content of any item and no credential.</summary>
public sealed class CalendarFailure : Exception
{
    public CalendarFailure(
        FailureReach reach,
        Error refusal,
        string? exchangeCode = null,
        TimeSpan? retryAfter = null,
        CallOutcome outcome = CallOutcome.NotDone,
        Exception? inner = null)
        : base($"{refusal.Code}{(exchangeCode is null ? "" : $" ({exchangeCode})")}", inner)
    {
        Reach = reach;
        Refusal = refusal;
        ExchangeCode = exchangeCode;
        RetryAfter = retryAfter;
        Outcome = outcome;
    }

    public FailureReach Reach { get; }

    /// <summary>What to tell an admin.</summary>
    public Error Refusal { get; }

    public string? ExchangeCode { get; }

    /// <summary>The refusal with Exchange's code, as it is stored and shown.</summary>
    public Reason Reason => Reason.Of(Refusal, ExchangeCode);

    /// <summary>How long Exchange asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What became of the call.</summary>
    public CallOutcome Outcome { get; }

    /// <inheritdoc cref="CallOutcome.Unknown"/>
    public bool OutcomeUnknown => Outcome is CallOutcome.Unknown;

    /// <inheritdoc cref="CallOutcome.NotSent"/>
    public bool NothingWasSent => Outcome is CallOutcome.NotSent;

    /// <summary>What is decided by besides the reach; never by <see cref="ExchangeCode"/>, which is for display.</summary>
    public FailureMeaning Meaning { get; init; }

    /// <summary>Exchange does not know the calendar that was asked for: the mailbox may have another one.</summary>
    public bool CalendarIsUnknown => Meaning is FailureMeaning.CalendarUnknown or FailureMeaning.CalendarGone;

    /// <summary>Exchange itself refused what was asked of this one mailbox, or it waits for its turn; others may fare better.</summary>
    public bool IsOfOneMailbox => Reach is not FailureReach.Integration
        && (IsAnswer || this is { NothingWasSent: true, Reach: FailureReach.BackOff });

    /// <summary>
    /// Exchange itself refused it with a response code, or its front end did for this mailbox: the way to it, and its web server, are
    /// well.
    /// </summary>
    public bool IsAnswer { get; init; }

    /// <summary>Exchange holds back whether an item is ours: it is tried again later.</summary>
    public static CalendarFailure OfWithheldItem(string mailbox) => new(FailureReach.Item, new ItemIsPrivate(mailbox)) { IsAnswer = true };

    /// <summary>Exchange shows an item of ours, and does not find it when it is asked for: it is tried again later.</summary>
    public static CalendarFailure OfVanishedItem(string mailbox) => OfItem(mailbox, "shown-and-not-found");

    /// <summary>Exchange cannot give an item that may be ours: it is tried again later.</summary>
    public static CalendarFailure OfItem(string mailbox, string exchangeCode) =>
        new(FailureReach.Item, new CalendarWasNotReached(mailbox, exchangeCode), exchangeCode) { IsAnswer = true };
}

using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.SyncedEvents;

/// <summary>What happens to a row, each as the row that follows.</summary>
public sealed partial record SyncedEvent
{
    /// <summary>The appointment changed: the copy waits for its next push.</summary>
    public SyncedEvent Queued(DateTimeOffset now) => PushState is PushState.Withdrawing
        ? this
        : this with { PushState = PushState.Queued, NextPushAt = now, PushTries = 0, PushFailure = null };

    /// <summary>The appointment no longer wants this copy.</summary>
    public SyncedEvent Withdrawn(DateTimeOffset now) => PushState is PushState.Gone && OpenAttempt is null
        ? this
        : this with { PushState = PushState.Withdrawing, NextPushAt = now, PushTries = 0, PushFailure = null, TakenAway = true };

    /// <summary>Opens a create attempt with the content that it will send. It must be committed before anything is sent.</summary>
    public SyncedEvent AttemptOpened(CreateAttempt attempt, CopyContent content) => OpenAttempt is not null
        ? throw new InvalidOperationException("An attempt is open already.")
        : this with
        {
            Attempts = [.. Attempts, attempt with { SentStart = content.Times.Start, Before = new Agreement(Times, TimesRevision) }],
            Times = content.Times,
            TimesRevision = content.TimesRevision,
            Marks = ContentMarks.Of(content),
        };

    /// <summary>
    /// What is known of the item that an attempt made: where later ones were opened, what was agreed before the first of them. Which texts
    /// it has is not known then. Of an attempt that a restored backup forgot it is not known which ones came later.
    /// </summary>
    public SyncedEvent AsAgreedWith(Guid? attempt) =>
        Attempts.SkipWhile(a => a.Id != attempt || a.SentStart is null).ElementAtOrDefault(1)?.Before is not { } before
            ? this
            : this with { Times = before.Times, TimesRevision = before.TimesRevision, Marks = null };

    /// <summary>The open attempt counts from another deadline: its own was told by a clock that was wrong.</summary>
    public SyncedEvent AttemptRedated(DateTimeOffset deadline) => OpenAttempt is null
        ? this
        : this with { Attempts = [.. Attempts.SkipLast(1), Attempts[^1] with { Deadline = deadline }] };

    /// <summary>The open attempt's outcome is known.</summary>
    public SyncedEvent AttemptClosed() => OpenAttempt is null
        ? this
        : this with { Attempts = [.. Attempts.SkipLast(1), Attempts[^1] with { Deadline = null }] };

    /// <summary>Exchange holds the item with this content.</summary>
    public SyncedEvent WrittenAs(string itemId, string? changeKey, CopyContent content, Guid? attemptId) => AttemptClosed() with
    {
        ItemId = itemId,
        ChangeKey = changeKey,
        ItemAttempt = attemptId ?? ItemAttempt,
        Uid = Attempts.FirstOrDefault(a => a.Id == attemptId)?.Uid ?? Uid,
        Times = content.Times,
        TimesRevision = content.TimesRevision,
        Marks = ContentMarks.Of(content),
        PushState = PushState is PushState.Withdrawing ? PushState.Withdrawing : PushState.Written,
        PushTries = 0,
        NextPushAt = PushState is PushState.Withdrawing ? NextPushAt : null,
        PushFailure = null,
    };

    /// <summary>A page said that the item left the folder; what that means is decided when the pass has read its last page.</summary>
    public SyncedEvent Staged() => this with { RemovalStaged = true };

    /// <summary>Nothing is left to push.</summary>
    public SyncedEvent Settled() => this with
    {
        PushState = PushState is PushState.Queued or PushState.Failed ? PushState.Written : PushState,
        NextPushAt = null,
        PushTries = 0,
        PushFailure = null,
    };

    /// <summary>Read back from Exchange as it was written.</summary>
    /// <param name="uid">Null when it was not read.</param>
    public SyncedEvent ConfirmedAs(string changeKey, string? uid) => this with
    {
        ChangeKey = changeKey,
        Uid = uid ?? Uid,
        Attempts = this.Told(uid),
        RemovalStaged = false,
        Hold = null,
        PushState = PushState is PushState.Written ? PushState.Confirmed : PushState,
    };

    /// <summary>The item no longer exists in Exchange.</summary>
    public SyncedEvent NowGone() => AttemptClosed() with
    {
        PushState = PushState.Gone,
        ItemId = null,
        ChangeKey = null,
        NextPushAt = null,
        PushFailure = null,
        RemovalStaged = false,
        Hold = null,
        Unreadable = null,
    };

    /// <summary>We deleted the item. Its id is kept, so that Exchange's report of the deletion is recognised as our own.</summary>
    /// <param name="uid">The UID of the item that <see cref="ItemAttempt"/> made, as it was read before; null when it was not read: an
    /// older attempt's item has another.</param>
    public SyncedEvent DeletedByUs(string? uid) => this with
    {
        Uid = uid ?? Uid,
        Attempts = this.Told(uid),
        PushState = PushState.Gone,
        NextPushAt = null,
        PushTries = 0,
        PushFailure = null,
        RemovalStaged = false,
        Hold = null,
        Unreadable = null,
    };

    /// <summary>
    /// The item left Exchange, but too much left with it: an admin decides. Nothing is pushed until then, and what became of an attempt is
    /// known.
    /// </summary>
    public SyncedEvent Held() => AttemptClosed() with
    {
        Hold = RemovalHold.Held,
        RemovalStaged = false,
        PushState = PushState is PushState.Written ? PushState.Confirmed : PushState,
        NextPushAt = null,
    };

    /// <summary>Its item's id means nothing any more: only its tag tells which one it is.</summary>
    public SyncedEvent WithUnknownItem() => this with { ItemId = null, ChangeKey = null };

    /// <summary>The item is lost but wanted: it is created again.</summary>
    public SyncedEvent ToCreateAgain(DateTimeOffset now) => AttemptClosed().WithItemGone() with
    {
        ItemId = null,
        ChangeKey = null,
        ItemAttempt = null,
        Marks = null,
        BecameSeries = false,
        Differs = CopyDifferences.None,
        PushState = PushState.Queued,
        NextPushAt = now,
        RemovalStaged = false,
        Hold = null,
        Unreadable = null,
        TakenAway = false,
    };

    public SyncedEvent PushFailed(Reason failure, DateTimeOffset nextTry) => this with
    {
        PushState = PushState is PushState.Withdrawing ? PushState.Withdrawing : PushState.Failed,
        PushFailure = failure,
        PushTries = PushTries + 1,
        NextPushAt = nextTry,
    };
}

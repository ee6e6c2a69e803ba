namespace CleanSync.Domain.Syncing.Pushes;

/// <summary>What one copy needs next in Exchange.</summary>
public abstract record PushStep
{
    private PushStep()
    {
    }

    /// <summary>Both sides agree already.</summary>
    public sealed record Nothing : PushStep;

    /// <summary>A create attempt is open: its outcome may still be on the way.</summary>
    public sealed record Wait(DateTimeOffset Until) : PushStep;

    /// <summary>A create attempt is overdue: find out what became of it before anything else.</summary>
    public sealed record LookUpOutcome(Guid AttemptId) : PushStep;

    public sealed record Create : PushStep;

    /// <summary>Only what the booking product changed is written; edits made in Outlook to other fields stay.</summary>
    public sealed record Update(bool Times, bool Title, bool Location, bool Notes) : PushStep;

    public sealed record Delete : PushStep;

    /// <summary>Nothing exists in Exchange and nothing should: the copy is finished.</summary>
    public sealed record Finish : PushStep;
}

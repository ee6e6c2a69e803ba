using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Application.Appointments;

/// <summary>How far a copy has got on its way into Exchange, as its receipt says it.</summary>
public enum CopyState
{
    /// <summary>Waits to be created or updated.</summary>
    Queued,

    /// <summary>Exchange accepted it.</summary>
    Written,

    /// <summary>Read back from Exchange, and it says what the appointment says.</summary>
    Confirmed,

    /// <summary>Read back, but its owner changed it in Outlook in a way that stays: another title or location, or a series.</summary>
    Diverged,

    /// <summary>The last try failed; another follows.</summary>
    Failed,

    /// <summary>Waits to be deleted in Exchange.</summary>
    Withdrawing,

    /// <summary>Deleted in Exchange: by its owner, or by us.</summary>
    Gone,

    /// <summary>There is none: the staff member has no link, is switched off, or was linked when the appointment was over.</summary>
    NotLinked,
}

public static class CopyStates
{
    /// <summary>A copy that was read back and keeps saying otherwise has diverged; any other is as far as its push has got.</summary>
    public static CopyState Of(PushState push, CopyDifferences differs, bool becameSeries) =>
        push is PushState.Confirmed && (differs is not CopyDifferences.None || becameSeries)
            ? CopyState.Diverged
            : Enum.Parse<CopyState>(push.ToString());
}

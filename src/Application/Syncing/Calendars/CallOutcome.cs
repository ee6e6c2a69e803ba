namespace CleanSync.Application.Syncing.Calendars;

/// <summary>What became of a call that failed.</summary>
public enum CallOutcome
{
    /// <summary>It did not reach Exchange, or was refused: nothing was done.</summary>
    NotDone,

    /// <summary>
    /// It was not made: Exchange asked for a pause before, or the credential was refused. It says nothing of this calendar.
    /// </summary>
    NotSent,

    /// <summary>The request may have been carried out although no answer arrived.</summary>
    Unknown,
}

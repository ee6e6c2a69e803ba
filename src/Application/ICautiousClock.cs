namespace CleanSync.Application;

/// <summary>The time for decisions that cannot be taken back, such as whether an appointment is over.</summary>
public interface ICautiousClock
{
    /// <summary>
    /// The earliest that it may be: within 24 hours of a jump ahead, what the clock would say without the jump; else what it says. A jump
    /// of up to 72 hours while nothing ran is not noticed.
    /// </summary>
    DateTimeOffset Earliest();
}

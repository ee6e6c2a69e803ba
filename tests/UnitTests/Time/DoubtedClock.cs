using CleanSync.Application;

namespace CleanSync.UnitTests.Time;

/// <summary>A clock of which it is known how early it may be.</summary>
internal sealed class DoubtedClock(DateTimeOffset earliest) : ICautiousClock
{
    public DateTimeOffset Earliest() => earliest;
}

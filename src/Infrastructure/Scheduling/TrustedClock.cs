using CleanSync.Application;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>The clock is believed.</summary>
internal sealed class TrustedClock : IClockTrust
{
    public ValueTask<bool> MayTrim(CancellationToken ct) => ValueTask.FromResult(true);
}

namespace CleanSync.Application;

/// <summary>Whether the clock is believed enough to delete what it says is old.</summary>
public interface IClockTrust
{
    /// <summary>False within 24 hours of a jump of the clock.</summary>
    ValueTask<bool> MayTrim(CancellationToken ct);
}

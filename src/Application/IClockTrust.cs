namespace CleanSync.Application;

/// <summary>Whether the clock may be believed as far as to remove what is old.</summary>
public interface IClockTrust
{
    /// <summary>False within 24 hours of a jump of the clock: what looks old may be of yesterday.</summary>
    ValueTask<bool> MayTrim(CancellationToken ct);
}

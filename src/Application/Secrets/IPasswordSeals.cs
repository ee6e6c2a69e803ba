using CleanSync.Domain;

namespace CleanSync.Application.Secrets;

/// <summary>All stored passwords.</summary>
public interface IPasswordSeals
{
    /// <summary>
    /// In one transaction; refused, and nothing is changed, when one of them does not open with a key of this node, or there is no key.
    /// </summary>
    Task<Result<RotatedKey>> SealAnew(CancellationToken ct);
}

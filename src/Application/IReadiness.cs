using CleanSync.Domain;

namespace CleanSync.Application;

/// <summary>Whether this node can do its work, as it was found a few seconds ago at most. Asking often costs nothing more.</summary>
public interface IReadiness
{
    Task<Readiness> Now(CancellationToken ct);
}

/// <param name="WhyNot">What keeps the node from its work; null when nothing does.</param>
/// <param name="ShutPasswords">Integrations whose stored password does not open, while others do.</param>
public sealed record Readiness(Error? WhyNot, IReadOnlyList<Guid> ShutPasswords);

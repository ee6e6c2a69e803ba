using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Diagnoses;

/// <summary>Follows the way from CleanSync to Exchange and says where it ends, why, and what to do. Changes nothing there.</summary>
public interface IConnectionDoctor
{
    /// <summary>
    /// Sends a credential that is refused once at most, however many mailboxes there are. Fails for nothing but a cancellation.
    /// </summary>
    Task<ConnectionFindings> Examine(DiagnosisTarget target, CancellationToken ct);
}

/// <summary>A connection to look at.</summary>
/// <param name="Password">As it was typed, for a connection that is not saved; null for a saved one, whose calls log on with the stored
/// password, go through the credential circuit, and keep the pauses that Exchange asked for.</param>
/// <param name="TryCredential">An admin asks for one try with a credential that was refused before.</param>
/// <param name="Sample">The mailboxes to try.</param>
/// <param name="StaffInAll">How many staff members there are, of whom these are a sample.</param>
/// <param name="TryAnyway">Although two passwords of the account were refused of late.</param>
public sealed record DiagnosisTarget(
    ServerConnection Server,
    string? Password,
    bool TryCredential,
    IReadOnlyList<SampledMailbox> Sample,
    int StaffInAll,
    bool TryAnyway = false)
{
    public bool IsSaved => Password is null;

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => $"{nameof(DiagnosisTarget)} {Server.ServerAddress}";
}

/// <param name="StaffId">Null for an address that nobody is linked to yet.</param>
public sealed record SampledMailbox(string? StaffId, string Address);

/// <param name="Expiry">Null when Exchange was not asked, or did not answer.</param>
public sealed record ConnectionFindings(
    IReadOnlyList<DiagnosisStep> Steps, ExchangeVersion? ProposedVersion, OpenCircuit? Circuit, PasswordExpiry? Expiry);

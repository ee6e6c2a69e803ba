using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Diagnoses;

/// <summary>What the connection doctor found, step by step from the name to the rights on staff members' calendars.</summary>
/// <param name="Summary">The finding in one sentence, for people.</param>
/// <param name="Cause">The step to look at first: the first that failed, else the first with a warning; null when everything is
/// well.</param>
/// <param name="ProposedVersion">The entry of the version list that fits the server; null when the server did not say what it is.</param>
/// <param name="Circuit">Since when and why nothing is sent with this credential; null while it may be sent.</param>
/// <param name="CredentialExpiry">When the service account's password expires.</param>
/// <param name="Steps">In the order in which a connection is made.</param>
public sealed record DiagnosisReport(
    string Summary,
    DiagnosisStepName? Cause,
    ExchangeVersion? ProposedVersion,
    OpenCircuit? Circuit,
    PasswordExpiryView CredentialExpiry,
    IReadOnlyList<DiagnosisStep> Steps);

/// <summary>The links of the chain from CleanSync to a staff member's calendar.</summary>
public enum DiagnosisStepName
{
    /// <summary>The host of the server address has addresses that may be connected to.</summary>
    NameResolution,

    /// <summary>One of them accepts connections.</summary>
    Connection,

    /// <summary>TLS is new enough, and the certificate is believed.</summary>
    Tls,

    /// <summary>The chosen authentication type is among those that the server offers.</summary>
    OfferedSchemes,

    /// <summary>The service account logs on, once.</summary>
    Logon,

    /// <summary>Whether Extended Protection can be what refuses the logon.</summary>
    ExtendedProtection,

    /// <summary>How far the server's clock is from ours.</summary>
    Clock,

    /// <summary>The chosen Exchange version fits the server.</summary>
    ServerVersion,

    /// <summary>The service account has a mailbox of its own.</summary>
    OwnMailbox,

    /// <summary>When the service account's password expires.</summary>
    PasswordExpiry,

    /// <summary>The account may act for a sample of the staff.</summary>
    StaffRights,
}

/// <summary>How a step went.</summary>
public enum DiagnosisState
{
    Passed,

    /// <summary>It works, or may work, and somebody should look at it.</summary>
    Warning,
    Failed,

    /// <summary>It was not tried.</summary>
    Skipped,
}

/// <param name="SkippedBecauseOf">The step that must be mended first; null for a step that was tried, or had nothing to try.</param>
/// <param name="Meaning">What it means, for an admin.</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Problem">Stable code of what is wrong, as in GET /api/v1/problems; null when it has none.</param>
/// <param name="ExchangeCode">Exchange's own code, or the HTTP status.</param>
/// <param name="Remedies">What to do, the likeliest first.</param>
/// <param name="Mailboxes">For the rights on calendars: each mailbox that was asked for.</param>
public sealed record DiagnosisStep(
    DiagnosisStepName Name,
    DiagnosisState State,
    DiagnosisStepName? SkippedBecauseOf,
    string Meaning,
    IReadOnlyList<Evidence> Evidence,
    string? Problem,
    string? ExchangeCode,
    IReadOnlyList<Remedy> Remedies,
    IReadOnlyList<ExaminedMailbox> Mailboxes);

/// <param name="What">What was looked at, such as <c>certificate SHA-256</c>.</param>
public sealed record Evidence(string What, string Value);

/// <param name="What">What to do, and why.</param>
/// <param name="Command">For the Exchange Management Shell, filled in; null when there is nothing to type.</param>
/// <param name="Undo">Takes the command back; null for a command that only shows something, or leaves nothing to take back.</param>
public sealed record Remedy(string What, string? Command = null, string? Undo = null);

/// <param name="StaffId">Null for an address that was only given for the diagnosis.</param>
/// <param name="Problem">Stable code of what is wrong; null when the calendar can be synced.</param>
/// <param name="Reason">What is wrong, or what was not looked at.</param>
public sealed record ExaminedMailbox(
    string? StaffId,
    string Address,
    DiagnosisState State,
    string? Problem,
    string? Reason,
    string? ExchangeCode);

/// <param name="Since">Null when the refusal is older than this version of CleanSync.</param>
public sealed record OpenCircuit(DateTimeOffset? Since, string Reason);

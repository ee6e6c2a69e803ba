using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Discovery;

/// <summary>
/// Where Exchange was found, and every step of the search. Nothing was saved: put the address into the integration to confirm it.
/// </summary>
/// <param name="ServerAddress">The proposal; null when none was found.</param>
/// <param name="Summary">What was found and what to do, in a sentence or two.</param>
/// <param name="Addresses">Every address that Exchange named, the preferred one first.</param>
/// <param name="SupportedVersions">The versions that the mailbox's server says it speaks, in Exchange's own words; empty when it says
/// nothing.</param>
/// <param name="Authentication">How the account logged on in this search; null when it did not.</param>
/// <param name="HostsToAllow">Hosts outside the mail domain that were not asked. If they are yours, send them as allowedHosts and try
/// again.</param>
/// <param name="Steps">Every step in order, also those that failed before a later one succeeded.</param>
public sealed record DiscoveryReport(
    Uri? ServerAddress,
    string Summary,
    IReadOnlyList<ProposedAddress> Addresses,
    IReadOnlyList<string> SupportedVersions,
    AuthenticationType? Authentication,
    IReadOnlyList<string> HostsToAllow,
    IReadOnlyList<DiscoveryStep> Steps);

/// <param name="Reason">Why it is preferred or not.</param>
public sealed record ProposedAddress(Uri ServerAddress, AddressUse Use, bool IsPreferred, string Reason);

/// <summary>From where Exchange says that an address is reached.</summary>
public enum AddressUse
{
    External,
    Internal,

    /// <summary>The same address inside and outside.</summary>
    Both,
}

/// <param name="Number">From 1, in the order in which they were tried.</param>
/// <param name="Action">What was tried.</param>
/// <param name="Address">Where; null for a question to DNS.</param>
/// <param name="Detail">What came of it.</param>
/// <param name="ExchangeCode">Autodiscover's own error code; null when it gave none.</param>
public sealed record DiscoveryStep(
    int Number,
    string Action,
    Uri? Address,
    StepOutcome Outcome,
    string Detail,
    string? ExchangeCode);

/// <summary>How a step of the search ended.</summary>
public enum StepOutcome
{
    /// <summary>It gave the address.</summary>
    Found,

    /// <summary>It led to another step.</summary>
    Redirected,

    /// <summary>A server understood the question, or the logon, and refused it.</summary>
    Refused,

    /// <summary>Nothing there, or nothing that is Autodiscover.</summary>
    Failed,

    /// <summary>The host lies outside the mail domain and was not allowed: nothing was sent.</summary>
    NotAllowed,

    /// <summary>Left out, because of what an earlier step showed.</summary>
    Skipped,
}

using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Discovery;

/// <summary>
/// Asks a mail domain where its Exchange is (Autodiscover). The password goes only over https, only to a server whose certificate is
/// believed, only inside the mail domain or where the admin allowed it; and after one refused logon nowhere again. Saves nothing, and never
/// throws for what a server does. Refuses before anything is sent while two passwords of the account were refused of late, unless it is to
/// be tried anyway.
/// </summary>
public interface IServerDiscovery
{
    /// <summary>With a password that an admin has just typed.</summary>
    Task<Result<DiscoveryReport>> Discover(DiscoveryQuestion question, string password, CancellationToken ct);

    /// <summary>
    /// With the stored password: it stays within <see cref="ServerConnection.Scope"/>, whatever the question allows, is not
    /// sent while the integration's credential is refused, and a refusal stops the integration.
    /// </summary>
    Task<Result<DiscoveryReport>> Discover(DiscoveryQuestion question, ServerConnection server, CancellationToken ct);
}

/// <summary>Whose Exchange is looked for, and how far the search may go.</summary>
/// <param name="MailAddress">Its domain is asked.</param>
/// <param name="Authentication">Null for what the server offers: NTLM before Basic.</param>
/// <param name="ExchangeVersion">Null when it is not known: then all languages are tried.</param>
/// <param name="AllowedHosts">Domains beside the mail domain in which hosts may be asked.</param>
/// <param name="TryAnyway">Although two passwords of the account were refused of late.</param>
public sealed record DiscoveryQuestion(
    string UserName,
    string MailAddress,
    AuthenticationType? Authentication,
    ExchangeVersion? ExchangeVersion,
    ServerTrust Trust,
    IReadOnlyList<string> AllowedHosts,
    bool TryAnyway = false);

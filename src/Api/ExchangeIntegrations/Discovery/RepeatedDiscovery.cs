using System.Text.Json.Serialization;
using CleanSync.Application.ExchangeIntegrations.Discovery;

namespace CleanSync.Api.ExchangeIntegrations.Discovery;

/// <summary>
/// How far a search for a saved integration's server may go. User name, kind of logon, version and trust are those that are stored.
/// </summary>
/// <param name="MailAddress">
/// Its domain is asked. Leave out when the user name is the account's mail address. Another domain than the user name's needs the password.
/// </param>
/// <param name="AllowedHosts">
/// Hosts or domains outside the mail domain that are yours and may be asked, such as hosting.example; at most 20. They need the password,
/// unless they are the stored server.
/// </param>
/// <param name="Password">
/// The account's password, for this search only. Leave it out to use the stored one, which goes to the stored server and into the domain of
/// the user name only.
/// </param>
/// <param name="TryAnyway">
/// true: also while two passwords of the account were refused within 30 minutes. One more may lock the account; it is noted in the audit
/// log.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RepeatedDiscovery(
    string? MailAddress = null, IReadOnlyList<string>? AllowedHosts = null, string? Password = null, bool TryAnyway = false)
{
    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => nameof(RepeatedDiscovery);

    internal DiscoverServerAgain ToCommand(Guid id) => new(id, MailAddress, AllowedHosts ?? [], Password, TryAnyway);
}

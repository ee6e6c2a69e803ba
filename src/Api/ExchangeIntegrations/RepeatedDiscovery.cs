using System.Text.Json.Serialization;
using CleanSync.Application.ExchangeIntegrations;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>How far a search for a saved integration's server may go. User name, password, version and trust are those that are stored.</summary>
/// <param name="MailAddress">Its domain is asked. Leave out when the user name is the account's mail address.</param>
/// <param name="AllowedHosts">Hosts or domains outside the mail domain that are yours and may be asked, such as hosting.example; at most 20.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RepeatedDiscovery(string? MailAddress = null, IReadOnlyList<string>? AllowedHosts = null)
{
    internal DiscoverServerAgain ToCommand(Guid id) => new(id, MailAddress, AllowedHosts ?? []);
}

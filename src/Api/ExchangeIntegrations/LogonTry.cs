using System.Text.Json.Serialization;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>How a logon with the stored password is tried. The body may be left out.</summary>
/// <param name="TryAnyway">
/// true: also while two passwords of the account were refused within 30 minutes. One more may lock the account; it is noted in the audit
/// log.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LogonTry(bool TryAnyway = false);

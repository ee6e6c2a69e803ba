using System.Text.Json.Serialization;

namespace CleanSync.Api.ExchangeIntegrations;

/// <summary>A new password of the service account, and nothing else.</summary>
/// <param name="Password">
/// It is tried once before it is stored: one that Exchange refuses changes nothing, and one that works resumes a stopped integration.
/// Nothing is read again.
/// </param>
/// <param name="TryAnyway">
/// true: also while two passwords of the account were refused within 30 minutes. One more may lock the account; it is noted in the audit
/// log.
/// </param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewPassword(string Password, bool TryAnyway = false)
{
    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => nameof(NewPassword);
}

using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>When the service account's password expires, as Exchange last said.</summary>
/// <param name="ExpiresAt">Null unless the state is Expires.</param>
/// <param name="ReadAt">When Exchange was last asked and answered; null before.</param>
/// <param name="Warning">What to do, once 14, 7 or 1 days are left, and after expiry; null before.</param>
public sealed record PasswordExpiryView(PasswordExpiryState State, DateTimeOffset? ExpiresAt, DateTimeOffset? ReadAt, string? Warning)
{
    public static PasswordExpiryView Of(PasswordExpiry expiry) => new(expiry.State, expiry.ExpiresAt, expiry.ReadAt, Text(expiry));

    private static string? Text(PasswordExpiry expiry) => expiry switch
    {
        { ExpiresAt: { } at, Notice: 0 } =>
            $"The service account's password expired on {at:yyyy-MM-dd HH:mm} UTC. Change it in Active Directory and enter the new one here.",
        { ExpiresAt: { } at, Notice: 1 } =>
            $"The service account's password expires on {at:yyyy-MM-dd HH:mm} UTC, in less than a day. Syncing stops then: change it in Active Directory now and enter the new one here.",
        { ExpiresAt: { } at, Notice: { } days } =>
            $"The service account's password expires on {at:yyyy-MM-dd HH:mm} UTC, in less than {days} days. Change it in Active Directory before that and enter the new one here.",
        _ => null,
    };
}

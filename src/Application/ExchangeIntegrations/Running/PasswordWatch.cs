using CleanSync.Domain.ExchangeIntegrations;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>Asks Exchange when a service account's password expires.</summary>
public interface IPasswordExpirySource
{
    /// <summary>Null when there was no answer, whatever the reason: then nothing else changes.</summary>
    Task<PasswordExpiry?> Ask(ServerConnection server, CancellationToken ct);
}

/// <summary>
/// Keeps what is known of passwords beside their integrations. It is no change of settings: the integration's version stays.
/// </summary>
public interface IPasswordExpiryNotes
{
    Task Keep(ExchangeIntegration integration, PasswordExpiry expiry, CancellationToken ct);
}

/// <summary>Learns when a password expires, keeps it, and logs a warning once at 14, 7 and 1 days before and once after.</summary>
internal sealed class PasswordWatch(
    IPasswordExpirySource source,
    IPasswordExpiryNotes notes,
    TimeProvider time,
    ILogger<PasswordWatch> logger)
{
    /// <summary>Asks and notes; a failure leaves what was known.</summary>
    public async Task<PasswordExpiry> Look(ExchangeIntegration integration, CancellationToken ct) =>
        await Note(integration, await source.Ask(integration.Server, ct), ct);

    /// <param name="read">What Exchange said just now; null when it said nothing, and then the date that is known draws nearer all the
    /// same.</param>
    public async Task<PasswordExpiry> Note(ExchangeIntegration integration, PasswordExpiry? read, CancellationToken ct)
    {
        var before = integration.PasswordExpiry;
        var now = (read ?? before).NoticedAt(time.GetUtcNow());
        if (now == before) return now;
        await notes.Keep(integration, now, ct);
        if (now.IsNewsAfter(before))
            logger.LogWarning(
                "The password of integration {Integration} {Verb} {ExpiresAt:u}",
                integration.Id,
                now.Notice is 0 ? "expired at" : "expires at",
                now.ExpiresAt);
        return now;
    }
}

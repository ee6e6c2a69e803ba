namespace CleanSync.Application.ExchangeIntegrations.Disconnecting;

/// <summary>The books of integrations that are being disconnected, or were.</summary>
public interface IDisconnections
{
    /// <summary>Notes that it was asked for; again, when it was asked for before.</summary>
    Task Begin(Guid integrationId, string displayName, DateTimeOffset now, CancellationToken ct);

    /// <summary>Links of the integration, and links of others that left items in its calendars.</summary>
    Task<IReadOnlyList<Guid>> Links(Guid integrationId, CancellationToken ct);

    /// <summary>
    /// Deletes everything of the integration, its credentials with it, in one transaction; <see cref="Purge"/> follows. False, with nothing
    /// deleted, while anything still waits.
    /// </summary>
    /// <param name="leaves">What still waits stays in Exchange and is listed.</param>
    Task<bool> Erase(Guid integrationId, bool leaves, DateTimeOffset now, CancellationToken ct);

    /// <summary>Removes the bytes of what was deleted from the file. Until then a disconnection does not count as finished.</summary>
    Task Purge(CancellationToken ct);
}

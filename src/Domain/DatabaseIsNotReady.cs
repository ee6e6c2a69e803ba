namespace CleanSync.Domain;

/// <summary>Nothing can be written to the database, or nothing read from it, and an operator has to see to it.</summary>
/// <param name="Reason">What is wrong, and what mends it.</param>
public sealed record DatabaseIsNotReady(string Reason)
    : Unavailable($"The database cannot be used: {Reason} What you sent was not stored. "
        + "Send it again when the database is ready, a booking with the same Idempotency-Key.");

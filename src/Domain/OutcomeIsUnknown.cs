namespace CleanSync.Domain;

/// <summary>The connection to the database was lost in the moment of storing: what was sent is stored whole, or not at all.</summary>
public sealed record OutcomeIsUnknown()
    : Unavailable("The connection to the database was lost while what you sent was being stored: it is stored, or it is not. "
        + "Read it before you send it again; send a booking again with the same Idempotency-Key.");

namespace CleanSync.Domain.Appointments;

/// <summary>Whom the appointment is with.</summary>
public sealed record Client(string Name, string? Phone, string? Email)
{
    /// <summary>Never the details: a client must not reach a log by accident.</summary>
    public override string ToString() => "client";
}

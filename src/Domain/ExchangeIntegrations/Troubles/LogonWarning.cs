namespace CleanSync.Domain.ExchangeIntegrations.Troubles;

/// <summary>Exchange refused logons of a password that was right: it worked again when it was tried alone. Nothing is wrong now.</summary>
/// <param name="Count">How often within the last 24 hours.</param>
/// <param name="LastAt">When the last one was refused.</param>
public sealed record LogonWarning(int Count, DateTimeOffset LastAt)
{
    /// <summary>Stable.</summary>
    public string Code { get; } = "logon-was-refused-once";

    /// <summary>What happened, and what to do if it comes back.</summary>
    public string Reason =>
        $"Exchange refused a logon {(Count == 1 ? "once" : $"{Count} times")} within 24 hours although the password was right: tried alone "
        + "half a minute later it worked, and everything went on. A server under load does that, or one that cannot reach its domain "
        + "controllers. If it comes back, look at both: after the fourth within an hour everything stops until an admin authorizes.";
}

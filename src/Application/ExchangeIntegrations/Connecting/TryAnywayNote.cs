namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>What the audit log says of a request that goes on although two passwords of the account were refused of late.</summary>
internal static class TryAnywayNote
{
    private const string Words = "tried anyway, although passwords were refused of late";

    public static string? Of(bool tryAnyway, string? also = null) => (tryAnyway, also) switch
    {
        (false, _) => also,
        (true, null) => Words,
        _ => $"{also}; {Words}",
    };
}

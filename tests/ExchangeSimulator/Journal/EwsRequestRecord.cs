namespace CleanSync.ExchangeSimulator.Journal;

/// <summary>One HTTP exchange with the EWS address, as the server saw it.</summary>
public sealed record EwsRequestRecord
{
    public long Sequence { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The operation's name; GET for a GET, empty for a leg of the handshake.</summary>
    public string Operation { get; init; } = "";
    public string? Mailbox { get; init; }
    public string? Account { get; init; }
    public bool Impersonated { get; init; }
    public string? RequestServerVersion { get; init; }
    public string? AnchorMailbox { get; init; }
    public string? ClientRequestId { get; init; }
    public string? UserAgent { get; init; }
    public int HttpStatus { get; init; }
    public IReadOnlyList<string> ResponseCodes { get; init; } = [];
    public bool HadContentLength { get; init; }
    public bool WasChunked { get; init; }

    /// <summary>True for an answer 401: a leg of a handshake, or a refused logon.</summary>
    public bool IsUnauthorized => HttpStatus == 401;

    /// <summary>The scheme of the Authorization header; null without one.</summary>
    public string? AuthorizationScheme { get; init; }

    public string? PreferServerAffinity { get; init; }

    public string? Cookie { get; init; }
}

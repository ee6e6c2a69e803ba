namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>
/// What an Autodiscover service answers instead of its settings, to a caller that has logged on unless it says otherwise.
/// </summary>
public abstract record AutodiscoverAnswer
{
    private AutodiscoverAnswer()
    {
    }

    /// <summary>redirectAddr, or RedirectAddress.</summary>
    public sealed record ToAddress(string Address) : AutodiscoverAnswer;

    /// <summary>redirectUrl, or RedirectUrl.</summary>
    public sealed record ToUrl(string Url) : AutodiscoverAnswer;

    /// <summary>An error code: a number for POX, a word for SOAP.</summary>
    public sealed record Error(string Code, ErrorLevel Level = ErrorLevel.User) : AutodiscoverAnswer;

    /// <summary>A SOAP fault with HTTP 500.</summary>
    public sealed record Fault(string Code) : AutodiscoverAnswer;

    /// <summary>A bare HTTP status, a redirect among them, which a server may also give to somebody who has not logged on.</summary>
    public sealed record Http(int Status, string? Location = null, bool BeforeLogon = false) : AutodiscoverAnswer;

    /// <summary>Any text.</summary>
    public sealed record Raw(string Body, string ContentType = "text/xml; charset=utf-8") : AutodiscoverAnswer;
}

/// <summary>At which of its three levels a SOAP answer tells an error.</summary>
public enum ErrorLevel
{
    Response,
    User,
    Setting,
}

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// The namespaces of the wire, and our name on it. Microsoft's pages spell them with https in places; the servers never do.
/// </summary>
internal static class Ews
{
    public const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Messages = "http://schemas.microsoft.com/exchange/services/2006/messages";
    public const string Types = "http://schemas.microsoft.com/exchange/services/2006/types";
    public const string Errors = "http://schemas.microsoft.com/exchange/services/2006/errors";

    /// <summary>Who calls, in the header User-Agent, by which an Exchange organisation allows or blocks callers.</summary>
    public const string ProductName = "CleanSync";
    public const string ProductVersion = "1.0";
}

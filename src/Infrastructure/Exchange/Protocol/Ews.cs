namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>The namespaces of the wire. Microsoft's pages spell them with https in places; the servers never do.</summary>
internal static class Ews
{
    public const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Messages = "http://schemas.microsoft.com/exchange/services/2006/messages";
    public const string Types = "http://schemas.microsoft.com/exchange/services/2006/types";
    public const string Errors = "http://schemas.microsoft.com/exchange/services/2006/errors";
}

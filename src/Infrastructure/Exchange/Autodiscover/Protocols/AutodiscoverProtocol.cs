using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

/// <summary>One of the two languages of Autodiscover: SOAP since Exchange 2010, and plain old XML, the only one of 2007.</summary>
internal abstract class AutodiscoverProtocol
{
    public static AutodiscoverProtocol Soap { get; } = new SoapProtocol();

    public static AutodiscoverProtocol Pox { get; } = new PoxProtocol();

    /// <summary>The better one first; both when the version is not known.</summary>
    public static IReadOnlyList<AutodiscoverProtocol> Of(ExchangeVersion? version) =>
        version is ExchangeVersion.Exchange2007SP1 ? [Pox] : [Soap, Pox];

    public abstract string Name { get; }

    /// <summary>With its dot.</summary>
    public abstract string Ending { get; }

    public Uri At(string host) => new($"https://{host}/autodiscover/autodiscover{Ending}");

    /// <summary>The language of an address that a server named; the asker's own when it does not show.</summary>
    public AutodiscoverProtocol Of(Uri url) =>
        url.AbsolutePath.EndsWith(Pox.Ending, StringComparison.OrdinalIgnoreCase) ? Pox : url.AbsolutePath
            .EndsWith(Soap.Ending, StringComparison.OrdinalIgnoreCase) ? Soap : this;

    public abstract byte[] Question(string mailAddress, Uri url, ExchangeVersion? version);

    /// <summary>Throws <see cref="EwsMalformedResponseException"/> for what is no answer of Autodiscover.</summary>
    public abstract AutodiscoverReply Read(EwsXmlReader xml);

    /// <summary>Codes go to the admin: what cannot be one, in letters or in length, is Unknown.</summary>
    protected static AutodiscoverReply Refused(string code) =>
        new AutodiscoverReply.Refused(code.Length is > 0 and <= 64 && code.All(char.IsAsciiLetterOrDigit) ? code : "Unknown");
}

using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>When the caller's password expires; the last moment of the calendar stands for never.</summary>
internal sealed class GetPasswordExpirationDate : EwsOperation
{
    private const string Never = "9999-12-31T23:59:59.9999999Z";

    public override string Name => "GetPasswordExpirationDate";

    public override bool IsItsOwnMessage => true;

    public override Action<XmlWriter> WhenRefused => xml => Write(xml, "0001-01-01T00:00:00Z");

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        if (call.Version < ExchangeVersion.Exchange2010_SP2)
            throw SoapFaultException.Schema(request, "The element 'GetPasswordExpirationDate' is not known in this version.");
        response.Message(() =>
        {
            var at = call.Account.PasswordExpiresAt;
            return xml => Write(xml, at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? Never);
        }, WhenRefused);
    }

    private static void Write(XmlWriter xml, string date) =>
        xml.WriteElementString("m", "PasswordExpirationDate", Ns.M.NamespaceName, date);
}

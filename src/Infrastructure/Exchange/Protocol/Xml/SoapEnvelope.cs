using System.Globalization;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>SOAP 1.1 around one operation.</summary>
internal static class SoapEnvelope
{
    public static void Write<TResponse>(Stream output, IEwsOperation<TResponse> operation, EwsCallContext context)
    {
        using var writer = EwsXmlWriter.Create(output);
        var xml = new EwsXmlWriter(writer, context.Version);
        using (xml.Soap("Envelope"))
        {
            xml.DeclareNamespaces();
            using (xml.Soap("Header"))
                WriteHeader(xml, context);
            using (xml.Soap("Body"))
            using (xml.Message(operation.Name))
                operation.Write(xml);
        }
    }

    /// <summary>Reads the whole answer. A fault becomes an <see cref="EwsFaultException"/>.</summary>
    public static TResponse Read<TResponse>(EwsXmlReader xml, IEwsOperation<TResponse> operation, out EwsServerVersion? server)
    {
        server = null;
        xml.MoveToRoot();
        if (!xml.IsSoap("Envelope"))
            throw xml.Malformed("the root is no SOAP envelope");
        for (var parts = xml.Children(); parts.Next();)
        {
            if (xml.IsSoap("Header"))
                server = ReadHeader(xml);
            if (!xml.IsSoap("Body"))
                continue;
            var response = ReadBody(xml, operation);
            // Two answers in one would leave open which is meant.
            if (parts.Next())
                throw xml.Malformed("the SOAP envelope goes on after its body");
            xml.MoveToEnd();
            return response;
        }
        throw xml.Malformed("the SOAP envelope has no body");
    }

    private static TResponse ReadBody<TResponse>(EwsXmlReader xml, IEwsOperation<TResponse> operation)
    {
        var children = xml.Children();
        if (!children.Next())
            throw xml.Malformed("the SOAP body is empty");
        if (xml.IsSoap("Fault"))
            throw SoapFault.Read(xml);
        if (!xml.Is(operation.Name + "Response"))
            throw xml.Malformed($"the SOAP body holds no {operation.Name}Response");
        var response = operation.Read(xml);
        return children.Next() ? throw xml.Malformed("the SOAP body holds more than one answer") : response;
    }

    private static void WriteHeader(EwsXmlWriter xml, EwsCallContext context)
    {
        using (xml.Type("RequestServerVersion"))
            xml.Attribute("Version", context.Version.ToString());
        if (!context.Impersonate)
            return;
        using (xml.Type("ExchangeImpersonation"))
        using (xml.Type("ConnectingSID"))
            xml.TypeText(
                "PrimarySmtpAddress",
                context.MailboxSmtpAddress ?? throw new ArgumentException("Impersonation names a mailbox.", nameof(context)));
    }

    private static EwsServerVersion? ReadHeader(EwsXmlReader xml)
    {
        EwsServerVersion? server = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (xml.Is("ServerVersionInfo"))
                server = new(
                    Number("MajorVersion"),
                    Number("MinorVersion"),
                    Number("MajorBuildNumber"),
                    Number("MinorBuildNumber"),
                    xml.Attribute("Version"));
        }
        return server;

        int Number(string name) => int.TryParse(xml.Attribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
    }
}

using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>One EWS operation: it writes its request element and reads its response element. It holds no state of a call.</summary>
internal interface IEwsOperation<out TResponse>
{
    /// <summary>The operation's name on the wire; the answer's element is this name followed by <c>Response</c>.</summary>
    string Name { get; }

    /// <summary>Writes attributes and children of the request element, which is open.</summary>
    void Write(EwsXmlWriter xml);

    /// <summary>Reads the response element that the reader stands on.</summary>
    TResponse Read(EwsXmlReader xml);
}

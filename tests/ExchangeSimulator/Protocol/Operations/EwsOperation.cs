using System.Xml;
using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Answers requests of one operation that the schema has already accepted.</summary>
internal abstract class EwsOperation
{
    public abstract string Name { get; }

    /// <summary>What the schema wants in a message even when it refuses; null for nothing.</summary>
    public virtual Action<XmlWriter>? WhenRefused => null;

    /// <summary>The answer is the one message, without the list around it.</summary>
    public virtual bool IsItsOwnMessage => false;

    public abstract void Answer(XElement request, EwsCall call, ResponseWriter response);
}

using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>Answers requests of one operation that the schema has already accepted.</summary>
internal abstract class EwsOperation
{
    public abstract string Name { get; }

    public abstract void Answer(XElement request, EwsCall call, ResponseWriter response);
}

using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Protocol.Content;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class GetFolder : EwsOperation
{
    public override string Name => "GetFolder";

    public override Action<XmlWriter> WhenRefused => xml =>
    {
        xml.OpenM("Folders");
        xml.WriteEndElement();
    };

    public override void Answer(XElement request, EwsCall call, ResponseWriter response)
    {
        var shape = request.Element(Ns.M + "FolderShape")!;
        response.Each(
            request.Element(Ns.M + "FolderIds")!.Elements(),
            id =>
            {
                var folder = call.Folder(id);
                return xml =>
                {
                    xml.OpenM("Folders");
                    lock (folder.Mailbox.Gate) FolderXml.Write(xml, folder, shape, call);
                    xml.WriteEndElement();
                };
            },
            WhenRefused);
    }
}

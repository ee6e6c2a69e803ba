using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
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
                var folder = Opened(id, call);
                return xml =>
                {
                    xml.OpenM("Folders");
                    lock (folder.Mailbox.Gate) FolderXml.Write(xml, folder, shape, call);
                    xml.WriteEndElement();
                };
            },
            WhenRefused);
    }

    /// <summary>
    /// An id of a folder that is gone is to this operation the id of an object that is gone, as recorded answers of 2007 and 2010 say.
    /// </summary>
    private static MailFolder Opened(XElement id, EwsCall call)
    {
        try
        {
            return call.Folder(id);
        }
        catch (EwsRefusedException refused) when (refused.Code == "ErrorFolderNotFound" && id.Name == Ns.T + "FolderId")
        {
            throw EwsRefusedException.ItemNotFound();
        }
    }
}

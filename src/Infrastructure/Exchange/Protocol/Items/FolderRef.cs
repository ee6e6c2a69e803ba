using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>A folder, by the id that GetFolder gave or by a well-known name.</summary>
internal abstract record FolderRef
{
    private FolderRef() { }

    /// <summary>The id carries its mailbox inside, so it needs no address even under delegate access.</summary>
    internal sealed record ById(string Id) : FolderRef;

    /// <summary>
    /// A name of DistinguishedFolderIdNameType, such as <c>calendar</c> or <c>deleteditems</c>. With an address: that mailbox's folder
    /// (explicit delegate access); without: the folder of the caller, or of the impersonated mailbox.
    /// </summary>
    internal sealed record Distinguished(string Name, string? MailboxSmtpAddress) : FolderRef;

    internal void Write(EwsXmlWriter xml)
    {
        switch (this)
        {
            case ById folder:
                using (xml.Type("FolderId"))
                    xml.Attribute("Id", folder.Id);
                break;
            case Distinguished folder:
                using (xml.Type("DistinguishedFolderId"))
                {
                    xml.Attribute("Id", folder.Name);
                    if (folder.MailboxSmtpAddress is not { } address)
                        break;
                    using (xml.Type("Mailbox"))
                        xml.TypeText("EmailAddress", address);
                }
                break;
        }
    }
}

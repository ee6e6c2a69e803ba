using System.Globalization;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>
/// What the caller may do with a folder (EffectiveRights). CreateContents and Read speak of its items;
/// Modify and Delete of the folder itself, so they prove nothing about items.
/// </summary>
[Flags]
internal enum FolderRights
{
    None = 0,
    CreateAssociated = 1,
    CreateContents = 2,
    CreateHierarchy = 4,
    Delete = 8,
    Modify = 16,
    Read = 32,
    ViewPrivateItems = 64,
}

/// <summary>A folder; what the server did not tell is null.</summary>
internal sealed record FolderInfo(
    string FolderId,
    string? ParentFolderId,
    string? DisplayName,
    string? FolderClass,
    int? TotalCount,
    FolderRights? EffectiveRights);

/// <summary>GetFolder: the cheapest call that proves address, credential, mailbox and rights at once.</summary>
internal sealed class GetFolder(IReadOnlyList<FolderRef> folders) : IEwsOperation<IReadOnlyList<EwsResult<FolderInfo>>>
{
    private static readonly string[] Fields =
        [Field.DisplayName, Field.FolderClass, Field.TotalCount, Field.FolderParentFolderId, Field.FolderEffectiveRights];

    public string Name => "GetFolder";

    public void Write(EwsXmlWriter xml)
    {
        using (xml.Message("FolderShape"))
        {
            xml.TypeText("BaseShape", "IdOnly");
            using (xml.Type("AdditionalProperties"))
            {
                foreach (var field in Fields)
                    if (xml.Version.Has(field))
                        xml.FieldUri(field);
            }
        }
        using (xml.Message("FolderIds"))
        {
            foreach (var folder in folders)
                folder.Write(xml);
        }
    }

    public IReadOnlyList<EwsResult<FolderInfo>> Read(EwsXmlReader xml) =>
        ResponseMessages.Read<FolderInfo>(xml, folders.Count, null, (xml, soFar) =>
            xml.Is("Folders") && xml.Children().Next() ? ReadFolder(xml) : soFar);

    private static FolderInfo ReadFolder(EwsXmlReader xml)
    {
        string? id = null, parent = null, name = null, folderClass = null;
        int? count = null;
        FolderRights? rights = null;
        for (var children = xml.Children(); children.Next();)
        {
            switch (xml.Name)
            {
                case "FolderId": id = xml.RequiredId("Id"); break;
                case "ParentFolderId": parent = xml.RequiredId("Id"); break;
                case "DisplayName": name = xml.Text(); break;
                case "FolderClass": folderClass = xml.Text(); break;
                case "TotalCount":
                    count = int.TryParse(xml.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
                    break;
                case "EffectiveRights": rights = ReadRights(xml); break;
            }
        }
        return new(id ?? throw xml.Malformed("a folder lacks its FolderId"), parent, name, folderClass, count, rights);
    }

    internal static FolderRights ReadRights(EwsXmlReader xml)
    {
        var rights = FolderRights.None;
        for (var children = xml.Children(); children.Next();)
        {
            var right = EwsEnum.Parse<FolderRights>(xml.Name) ?? FolderRights.None;
            if (xml.Boolean() == true)
                rights |= right;
        }
        return rights;
    }
}

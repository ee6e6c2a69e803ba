namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>Folders that come and go. Called under the mailbox's gate.</summary>
internal static class Foldering
{
    /// <summary>A new folder; its display name is its parent's only one.</summary>
    public static MailFolder CreateFolder(this Mailbox mailbox, MailFolder parent, string name, string folderClass)
    {
        if (mailbox.Holds(parent, name))
            throw new EwsRefusedException("ErrorFolderExists", "A folder with the specified name already exists.");
        return mailbox.Add(null, name, folderClass, parent);
    }

    /// <summary>The folder goes into another one, whole; under a number where its name is taken there.</summary>
    public static void Discard(this Mailbox mailbox, MailFolder folder, MailFolder target)
    {
        RefuseDistinguished(folder);
        if (target == folder || target.IsBelow(folder))
            throw new EwsRefusedException("ErrorMoveCopyFailed", "A folder cannot go into itself.");
        var (name, number) = (folder.DisplayName, 1);
        while (mailbox.Holds(target, name, but: folder)) name = $"{folder.DisplayName}{number++}";
        folder.MoveTo(target, name);
    }

    /// <summary>The folder and those in it are gone; their items go to that folder, or with them (null).</summary>
    public static void Destroy(this Mailbox mailbox, MailFolder folder, MailFolder? itemsTo)
    {
        RefuseDistinguished(folder);
        foreach (var gone in mailbox.Folders.Where(f => f == folder || f.IsBelow(folder)).ToList())
        {
            foreach (var item in gone.Items.ToList())
            {
                if (itemsTo is null) mailbox.Remove(item);
                else mailbox.Move(item, itemsTo);
            }
            mailbox.Remove(gone);
        }
    }

    private static bool Holds(this Mailbox mailbox, MailFolder parent, string name, MailFolder? but = null) =>
        mailbox.Folders.Any(f => f != but && f.Parent == parent && f.DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void RefuseDistinguished(MailFolder folder)
    {
        if (folder.DistinguishedId is not null)
            throw new EwsRefusedException("ErrorDeleteDistinguishedFolder", "Distinguished folders cannot be deleted.");
    }
}

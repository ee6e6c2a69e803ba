namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>Exchange's permission levels of a folder.</summary>
public enum FolderLevel
{
    None,
    FreeBusyTimeOnly,
    FreeBusyTimeAndSubjectAndLocation,
    Contributor,
    Reviewer,
    NoneditingAuthor,
    Author,
    PublishingAuthor,
    Editor,
    PublishingEditor,
    Owner,
}

internal static class FolderLevels
{
    public static bool Reads(this FolderLevel level) => level >= FolderLevel.Reviewer;

    public static bool Creates(this FolderLevel level) => level is FolderLevel.Contributor or >= FolderLevel.NoneditingAuthor;

    public static bool Edits(this FolderLevel level, bool own) => level >= (own ? FolderLevel.Author : FolderLevel.Editor);

    public static bool Deletes(this FolderLevel level, bool own) => level >= (own ? FolderLevel.NoneditingAuthor : FolderLevel.Editor);
}

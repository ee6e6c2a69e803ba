namespace CleanSync.Domain.SyncedEvents;

/// <summary>Which texts of Exchange's events anybody may read.</summary>
public static class EventTitle
{
    /// <summary>What stands for a title that may not be shown, or that is none.</summary>
    public const string Hidden = "Busy";

    /// <param name="showTitles">The integration's toggle.</param>
    public static bool MayBeShown(bool showTitles, bool isPrivate) => showTitles && !isPrivate;

    /// <summary>What is not to be shown is not stored; asking again costs nothing, and holds while titles are being forgotten.</summary>
    public static string Shown(string? title, bool showTitles, bool isPrivate) =>
        MayBeShown(showTitles, isPrivate) ? title ?? Hidden : Hidden;
}

namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>
/// Which texts of a copy its owner changed in Outlook: kept until the booking product changes that field. Never the texts themselves.
/// </summary>
[Flags]
public enum CopyDifferences
{
    None = 0,
    Title = 1,
    Location = 2,
}

namespace CleanSync.ExchangeSimulator.Faults;

/// <summary>How an item is broken until it is mended: GetItem fails with it when texts are asked for, or whatever is asked for.</summary>
/// <param name="Code">The response code of the item's message; null writes an answer that is no XML.</param>
/// <param name="GivesTimes">A request for neither title, location nor body is answered.</param>
/// <param name="IsInViews">A CalendarView and a search hold it, as a sound item; otherwise they leave it out.</param>
/// <param name="SpoilsViews">A CalendarView and a search that hold it and ask for texts fail as a whole; one that asks for no texts holds
/// it.</param>
/// <param name="SpoilsChanges">A page of SyncFolderItems that holds it fails as a whole.</param>
public sealed record Corruption(
    string? Code = "ErrorItemCorrupt",
    bool GivesTimes = true,
    bool IsInViews = false,
    bool SpoilsViews = false,
    bool SpoilsChanges = false)
{
    internal bool Hides(bool asksForTexts) => asksForTexts || !GivesTimes;
}

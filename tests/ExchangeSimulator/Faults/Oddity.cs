namespace CleanSync.ExchangeSimulator.Faults;

/// <summary>
/// What the server tells of an item otherwise than it is, until it is told as it is again. Views, searches and times go by what it is.
/// </summary>
/// <param name="Element">The name of its element; null for CalendarItem.</param>
/// <param name="Start">The text of its start; empty to leave it out, null for the true one.</param>
/// <param name="End">The text of its end, likewise.</param>
/// <param name="IsNoEvent">Its element has none of the children that only a calendar item has.</param>
public sealed record Oddity(string? Element = null, string? Start = null, string? End = null, bool IsNoEvent = false);

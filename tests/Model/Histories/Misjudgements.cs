namespace CleanSync.Model.Histories;

/// <summary>
/// Single 401s to a right password. Only as many as are to be survived: of a credential that worked a moment ago, never twice in a row, and
/// three within an hour. What comes more often than that stops an integration by right, and is a story elsewhere.
/// </summary>
internal sealed class Misjudgements
{
    private const int Most = 3;
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Hour = TimeSpan.FromMinutes(61);
    private readonly List<DateTimeOffset> latest = [];
    private int calls;

    /// <summary>One call of so many; null for none.</summary>
    public int? Every { get; set; }

    /// <summary>How many there were.</summary>
    public int Played { get; private set; }

    /// <param name="workedAt">When the last call of this connection was answered; null when none was since the last 401.</param>
    public bool Next(DateTimeOffset now, DateTimeOffset? workedAt)
    {
        if (Every is not { } every || ++calls % every != 0) return false;
        latest.RemoveAll(at => now - at >= Hour);
        if (!(now - workedAt < Moment) || latest.Count >= Most) return false;
        latest.Add(now);
        Played++;
        return true;
    }
}

namespace CleanSync.Api.Startup;

/// <summary>What somebody probably meant to write.</summary>
internal static class Spelling
{
    /// <summary>The known word that is the fewest letters away; the first of several.</summary>
    public static string Nearest(string written, IEnumerable<string> known) => known.MinBy(k => Distance(written, k))!;

    /// <summary>How many letters were added, left out, changed or swapped with their neighbour, whatever their case.</summary>
    public static int Distance(string a, string b)
    {
        (a, b) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        var distances = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) distances[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) distances[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distances[i, j] = Math.Min(changed, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
                var isSwapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (isSwapped) distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
            }
        }

        return distances[a.Length, b.Length];
    }
}

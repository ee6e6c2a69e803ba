namespace CleanSync.Model.Histories;

/// <summary>Finds a short history that still breaks a law: leaves out ever smaller pieces for as long as that goes on failing.</summary>
internal static class Shrinking
{
    /// <param name="law">Words of the law that it has to go on breaking; any by default.</param>
    public static async Task<Verdict> Of(Verdict failing, int mostTries = 600, string law = "")
    {
        var tries = 0;
        for (var piece = failing.History.Operations.Count / 2; piece > 0; piece = piece > 1 ? piece / 2 : 0)
        {
            var progress = true;
            while (progress)
            {
                progress = false;
                for (var at = failing.History.Operations.Count - piece; at >= 0 && tries < mostTries; at -= piece)
                {
                    at = Math.Min(at, failing.History.Operations.Count - piece);
                    if (at < 0) break;
                    tries++;
                    Operation[] fewer = [.. failing.History.Operations.Take(at), .. failing.History.Operations.Skip(at + piece)];
                    var verdict = await Verdict.Of(failing.History with { Operations = fewer });
                    if (!verdict.Broken.Any(b => b.Contains(law, StringComparison.Ordinal))) continue;
                    failing = verdict;
                    progress = piece == 1;
                }
            }
        }

        return failing;
    }
}

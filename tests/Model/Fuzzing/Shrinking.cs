namespace CleanSync.Model.Fuzzing;

/// <summary>Takes bytes away as long as the same law stays broken.</summary>
internal static class Shrinking
{
    private const int Tries = 3000;

    public static Finding Of(Finding finding, Laws laws, Wire wire)
    {
        // What compares with the answer that it was made of cannot lose a part; nor can a compressed body.
        if (finding.Input is not { Promise: Promise.Nothing, IsCompressed: false, IsEndless: false }) return finding;
        var (smallest, tries) = (finding, 0);
        for (var piece = finding.Input.Body.Length / 2; piece > 0 && tries < Tries; piece /= 2)
        {
            for (var at = 0; at + piece <= smallest.Input.Body.Length && tries < Tries; tries++)
            {
                var input = smallest.Input with { Body = [.. smallest.Input.Body[..at], .. smallest.Input.Body[(at + piece)..]] };
                if (laws.Broken(input, wire.Read(input), wire) is { } law && Kind(law) == Kind(finding.Law))
                    smallest = smallest with { Input = input, Law = law };
                else at += piece;
            }
        }
        return smallest;
    }

    private static string Kind(string law) => new([.. law.TakeWhile(c => c != ':').Where(c => !char.IsDigit(c))]);
}

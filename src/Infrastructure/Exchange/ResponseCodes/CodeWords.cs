namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>What one response code says, for a person who runs Exchange.</summary>
/// <param name="Code">As Microsoft's schema spells it.</param>
/// <param name="Meaning">What is so: a sentence.</param>
/// <param name="Remedy">What to do: a sentence or two.</param>
internal sealed record CodeWords(string Code, string Meaning, string Remedy)
{
    public const string ItPasses = "Nothing: CleanSync tries again by itself.";
    public const string Tell = "Give this code to whoever supports CleanSync: it is a fault of the program. It goes on trying.";
    public const string OpenAndSave = "Open the item in Outlook and save it, or delete it.";
}

namespace CleanSync.Application;

/// <summary>One rule for a text's length, so that a refusal has one message.</summary>
internal static class Text
{
    /// <summary>Not blank, and of at most so many characters.</summary>
    public static Func<string?, bool> UpTo(int longest) => text => !string.IsNullOrWhiteSpace(text) && text.Length <= longest;
}

namespace CleanSync.Domain;

/// <summary>Why something is as it is, or does not go on.</summary>
/// <param name="Code">Ours, and stable, such as <c>mailbox-not-found</c>.</param>
/// <param name="Text">What is so and what to do, in words for an admin. Never a title.</param>
/// <param name="ServerCode">The calendar server's own code, such as <c>ErrorNonExistentMailbox</c>; null when it gave none.</param>
public sealed record Reason(string Code, string Text, string? ServerCode = null)
{
    /// <summary>For whoever knows the server better than us: its own code where there is one, otherwise ours.</summary>
    public string MostExactCode => ServerCode ?? Code;

    public static Reason Of(Error refusal, string? serverCode = null) => new(refusal.Code, refusal.Message, serverCode);
}

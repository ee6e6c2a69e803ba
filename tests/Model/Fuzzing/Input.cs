namespace CleanSync.Model.Fuzzing;

/// <summary>What an input promises of its reading, beside the laws that hold for every one.</summary>
internal enum Promise
{
    Nothing,

    /// <summary>Only what does not matter was changed: it reads like the answer that it was made of.</summary>
    ReadsAlike,

    /// <summary>Something is cut off: it must not read as a success, in part neither.</summary>
    IsNoSuccess,
}

/// <summary>What comes over the wire: a status, headers and a body, perhaps compressed.</summary>
/// <param name="How">What was done to the answer, in words.</param>
internal sealed record Input(
    Answer Answer,
    int Status,
    byte[] Body,
    Promise Promise,
    string How)
{
    public bool IsCompressed { get; init; }

    /// <summary>The body goes on for ever with its last byte.</summary>
    public bool IsEndless { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The question that is asked, which need not be the one that was answered.</summary>
    public Question Question { get; init; } = Answer.Question;
}

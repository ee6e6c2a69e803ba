namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>
/// Ids of items and folders that a mailbox answers with a response code, whatever it holds under them: for ever, or so often.
/// </summary>
internal sealed class OddAnswers
{
    private readonly Dictionary<string, (string Code, int? Times)> _codes = new(StringComparer.Ordinal);

    public void Add(string id, string code, int? times) => _codes[id] = (code, times);

    /// <summary>The code of the next answer; null when it is an ordinary one.</summary>
    public string? Next(string id)
    {
        if (!_codes.TryGetValue(id, out var odd)) return null;
        if (odd.Times is 1) _codes.Remove(id);
        else if (odd.Times is { } left) _codes[id] = odd with { Times = left - 1 };
        return odd.Code;
    }
}

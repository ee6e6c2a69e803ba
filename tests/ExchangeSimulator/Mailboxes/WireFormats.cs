namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>The formats in which ConvertId knows an id. Each leads back to the same EwsId, and none reads as another.</summary>
internal static class WireFormats
{
    private static readonly byte[] EntryHead = [0, 0, 0, 0];
    private static readonly byte[] StoreHead = [1, 0, 0, 0];

    public static string FromEwsId(string id, string format)
    {
        var bytes = Convert.FromBase64String(id);
        return format switch
        {
            "EntryId" => Convert.ToBase64String([.. EntryHead, .. bytes]),
            "HexEntryId" => Convert.ToHexString([.. EntryHead, .. bytes]),
            "StoreId" => Convert.ToBase64String([.. StoreHead, .. bytes]),
            "OwaId" => Uri.EscapeDataString(Convert.ToBase64String([.. StoreHead, .. bytes])),
            _ => id,
        };
    }

    /// <summary>Null when the text is no id of that format.</summary>
    public static string? ToEwsId(string text, string format)
    {
        try
        {
            var id = format switch
            {
                "EntryId" => Behind(EntryHead, Convert.FromBase64String(text)),
                "HexEntryId" => Behind(EntryHead, Convert.FromHexString(text)),
                "StoreId" => Behind(StoreHead, Convert.FromBase64String(text)),
                "OwaId" => Behind(StoreHead, Convert.FromBase64String(Uri.UnescapeDataString(text))),
                _ => text,
            };
            return id is not null && WireIds.LooksLikeAnId(id) ? id : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string? Behind(byte[] head, byte[] bytes) =>
        bytes.AsSpan().StartsWith(head) ? Convert.ToBase64String(bytes.AsSpan(head.Length)) : null;
}

using System.Text.Json.Nodes;

namespace CleanSync.Application.AuditLog;

/// <summary>A staff member's name or mailbox as an entry of the audit log has it, kept beside the entry so that it can go.</summary>
/// <param name="Place">Which one of its entry; the entry's texts name it by this.</param>
/// <param name="StaffId">Whose it is; null when it was given without one, as a mailbox to try.</param>
public sealed record AuditName(int Place, string? StaffId, string Name)
{
    /// <summary>What a reader sees where a name was blanked.</summary>
    public const string Erased = "(erased)";

    private const string Member = "$name";

    /// <summary>
    /// What stands in an entry's texts instead of the name. No view and no request has such an object: none can be forged.
    /// </summary>
    public static JsonObject Reference(int place) => new() { [Member] = place };

    /// <summary>A text of an entry with its names put back.</summary>
    /// <param name="nameAt">The name at a place; null when it was blanked.</param>
    public static JsonObject? PutBack(string? text, Func<int, string?> nameAt) =>
        text is null ? null : (JsonObject)PutBack(JsonNode.Parse(text), nameAt)!;

    private static JsonNode? PutBack(JsonNode? node, Func<int, string?> nameAt) => node switch
    {
        JsonObject { Count: 1 } reference when reference[Member] is JsonValue place => nameAt(place.GetValue<int>()) ?? Erased,
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, PutBack(m.Value, nameAt)))),
        JsonArray items => new JsonArray([.. items.Select(i => PutBack(i, nameAt))]),
        _ => node?.DeepClone(),
    };
}

/// <summary>The names and mailboxes of staff that stand beside the audit log.</summary>
public interface IAuditNames
{
    /// <summary>
    /// Blanks every name and mailbox of a staff member in every entry, also where a mailbox of theirs was given without saying whose it is.
    /// The entries stay. What was exported before is out of reach.
    /// </summary>
    Task Blank(string staffId, CancellationToken ct);
}

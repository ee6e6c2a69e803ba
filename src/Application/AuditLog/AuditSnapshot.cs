using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CleanSync.Application.AuditLog;

/// <summary>
/// What was asked for, and a view, as one row of the audit log keeps them: without what may never stand there, without what is no admin's
/// doing, with addresses cut, and with the names of staff set aside, so that an erasure can blank them.
/// </summary>
internal sealed class AuditSnapshot
{
    /// <summary>Changes by itself all the time, or says in words, with names, what a code beside it says.</summary>
    private static readonly string[] Noise = ["warnings", "lagSeconds", "lastSyncedAt", "notifications", "drift", "reason"];

    /// <summary>No view holds a secret. Should one ever, this keeps it out; titles and clients as well.</summary>
    private static readonly string[] Private =
        ["password", "newPassword", "sealedPassword", "key", "secret", "title", "location", "notes", "client"];

    /// <summary>Of a staff member, wherever they stand. A bare name is one where the same thing has a staff id.</summary>
    private static readonly string[] NamesOfStaff = ["staffName", "mailboxAddress", "mailboxes"];

    private static readonly JsonSerializerOptions Json = Options(new WholeAddress());

    /// <summary>What is asked for may be refused, so addresses are cut to their host.</summary>
    private static readonly JsonSerializerOptions JsonOfAsked = Options(new HostOnly(), new Fingerprints());

    private readonly List<AuditName> names = [];

    /// <summary>What was set aside; the texts name these by their place.</summary>
    public IReadOnlyList<AuditName> Names => names;

    public string? View(object? view)
    {
        if (view is null) return null;
        var json = JsonSerializer.SerializeToNode(view, view.GetType(), Json);
        Strip(json, [.. Noise, .. Private], null);
        return json?.ToJsonString(Json);
    }

    /// <summary>Also what is refused in the end: whatever a caller can send here is bounded.</summary>
    public string Asked(object asked)
    {
        var json = JsonSerializer.SerializeToNode(asked, asked.GetType(), JsonOfAsked);
        Strip(json, Private, null);
        return AskedText.Cut(json)!.ToJsonString(Json);
    }

    /// <summary>For a name outside the texts: its place.</summary>
    public int SetAside(string? staffId, string name)
    {
        names.Add(new AuditName(names.Count, staffId, VisibleText.Cut(name)));
        return names.Count - 1;
    }

    private void Strip(JsonNode? node, string[] left, string? owner)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Strip(item, left, owner);
        }

        if (node is not JsonObject members) return;
        var staffId = members["staffId"] is JsonValue id && id.TryGetValue(out string? text) ? text : owner;
        foreach (var name in members.Select(m => m.Key).ToList())
        {
            if (left.Contains(name, StringComparer.Ordinal) || IsSecret(name)) members.Remove(name);
            else if (NamesOfStaff.Contains(name, StringComparer.Ordinal) || (name == "name" && members["staffId"] is not null))
                members[name] = WithoutNames(members[name], staffId);
        }

        foreach (var (_, member) in members) Strip(member, left, staffId);
    }

    private static bool IsSecret(string name) =>
        name.Contains("password", StringComparison.OrdinalIgnoreCase) || name.Contains("secret", StringComparison.OrdinalIgnoreCase);

    private JsonNode? WithoutNames(JsonNode? node, string? staffId) => node switch
    {
        JsonArray items => new JsonArray([.. items.Select(i => WithoutNames(i, staffId))]),
        JsonValue value when value.TryGetValue(out string? name) => AuditName.Reference(SetAside(staffId, AskedText.Cut(name))),
        _ => node?.DeepClone(),
    };

    private static JsonSerializerOptions Options(params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter() },
        };
        foreach (var converter in converters) options.Converters.Add(converter);
        return options;
    }
}

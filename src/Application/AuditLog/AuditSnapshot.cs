using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CleanSync.Application.AuditLog;

/// <summary>A view as the audit log keeps it: without what is no admin's doing, and without what may never stand there.</summary>
internal static class AuditSnapshot
{
    /// <summary>Changes by itself all the time.</summary>
    private static readonly string[] Noise = ["warnings", "lagSeconds", "lastSyncedAt", "notifications", "drift"];

    /// <summary>No view holds a secret. Should one ever, this keeps it out; titles and clients as well.</summary>
    private static readonly string[] Private = ["password", "newPassword", "sealedPassword", "key", "secret", "title", "location", "notes", "client"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string? Of(object? view)
    {
        if (view is null) return null;
        var json = JsonSerializer.SerializeToNode(view, view.GetType(), Json);
        Strip(json);
        return json?.ToJsonString(Json);
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var name in Noise.Concat(Private)) members.Remove(name);
            foreach (var (_, member) in members) Strip(member);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items) Strip(item);
        }
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>Every text in every request's body, found in the document: a field that comes later cannot be forgotten.</summary>
[Collection(nameof(OneApi))]
public sealed class HiddenCharacterTests(ApiHost host)
{
    private const string Bell = "\u0007", Override = "\u202E", LineBreak = "\n";

    /// <summary>Lines are meant.</summary>
    private static readonly string[] OfLines = ["notes", "authorityCertificates"];

    /// <summary>
    /// Kept as they are: a password may hold anything, and a confirmation is compared with what is stored, which an older version may have
    /// let in.
    /// </summary>
    private static readonly string[] Verbatim = ["password", "disconnectExchange/displayName", "finishDisconnecting/displayName"];

    public static TheoryData<string, string> Texts => [.. All().Select(t => (t.Operation, t.Path))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Texts))]
    public async Task Hidden_characters_are_refused_in_every_text_with_its_name(string operation, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.Replace("[]", "", StringComparison.Ordinal);
        var verbatim = Verbatim.Contains(name) || Verbatim.Contains($"{operation}/{name}");
        var lines = OfLines.Contains(name);
        foreach (var hidden in new[] { Bell, Override, "\u009B", "\u2028", LineBreak })
        {
            if (name == "authorityCertificates" && hidden == LineBreak) continue; // without a certificate, it is refused in any case
            var meant = verbatim || (lines && hidden == LineBreak);
            var named = (await Refused(operation, path, hidden)).Any(f => f == name || f.StartsWith($"{name}[", StringComparison.Ordinal));
            Assert.Equal((hidden, !meant), (hidden, named));
        }
    }

    [Fact]
    public void The_walk_finds_the_texts_of_the_bodies() => Assert.All(
        [
            ("connectExchange", "displayName"),
            ("connectExchange", "serverAddress"),
            ("bookAppointment", "client.phone"),
            ("bookAppointment", "staffIds[]"),
            ("pauseIntegration", "reason"),
            ("createApiKey", "name")
        ],
        text => Assert.Contains(text, All()));

    [Fact]
    public async Task A_half_of_a_surrogate_pair_is_refused_too()
    {
        using var answer = await host.Caller().PostAsync("/api/v1/api-keys", Bodies.Sent("""{ "name": "a\ud800b", "role": "Admin" }"""), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>The fields that the answer names.</summary>
    private async Task<IReadOnlyList<string>> Refused(string id, string path, string hidden)
    {
        var operation = Contract.Operations.Single(o => o.Id == id);
        var body = JsonNode.Parse(operation.Example!)!;
        var at = body;
        var steps = path.Split('.');
        foreach (var step in steps[..^1]) at = at[step] ??= new JsonObject { ["name"] = "Carla" };
        var last = steps[^1];
        if (last.EndsWith("[]", StringComparison.Ordinal)) at[last[..^2]] = new JsonArray(Spoilt(null, hidden));
        else at[last] = Spoilt(at[last]?.GetValue<string>(), hidden);
        if (id == "createApiKey" && path == "staffId") body["role"] = "Staff";
        using var request = operation.Request();
        request.Content = Bodies.Sent(body);
        using var answer = await host.Caller().SendAsync(request, Ct);
        return answer.StatusCode is HttpStatusCode.BadRequest ? [.. (await answer.Json())["errors"]!.AsObject().Select(e => e.Key)] : [];
    }

    private static string Spoilt(string? good, string hidden) => good is { Length: > 1 } ? good[..^1] + hidden + good[^1] : $"a{hidden}b";

    private static IEnumerable<(string Operation, string Path)> All() =>
        from path in Contract.Document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        let schema = method.Value!["requestBody"]?["content"]?["application/json"]?["schema"]
        where schema is not null
        from text in Leaves(schema, "")
        select (method.Value["operationId"]!.GetValue<string>(), text);

    private static IEnumerable<string> Leaves(JsonNode schema, string path)
    {
        if (schema["$ref"] is { } reference)
            schema = Contract.Document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!;
        if (schema["oneOf"] is JsonArray choices) return choices.SelectMany(c => Leaves(c!, path));
        if (schema["properties"] is JsonObject properties)
            return properties.SelectMany(p => Leaves(p.Value!, path.Length == 0 ? p.Key : $"{path}.{p.Key}"));
        if (schema["items"] is { } items) return Leaves(items, $"{path}[]");
        var type = schema["type"] is JsonArray types
            ? types.Select(t => t!.GetValue<string>())
            : [schema["type"]?.GetValue<string>() ?? ""];
        return type.Contains("string") && schema["enum"] is null && schema["format"]?.GetValue<string>() is not ("uuid" or "date-time")
            ? [path]
            : [];
    }
}

using System.Text.Json.Nodes;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>An integration in one status, with a staff member and one who will move to another mailbox.</summary>
internal sealed record Target(
    string Status,
    Guid Id,
    string Staff,
    string Mover,
    string User,
    JsonObject Settings);

/// <summary>A request that an admin's key may send, and that names no password of the account.</summary>
internal sealed record EvilRequest(string Name, HttpMethod Method, Func<Target, string> Path, Func<Target, JsonNode?> Body);

/// <summary>Whatever could lead a stored password elsewhere, and whatever causes a logon at all.</summary>
internal static class EvilRequests
{
    private const string Evil = "https://evil.example/EWS/Exchange.asmx";

    /// <summary>Those that begin or end something come last.</summary>
    public static IReadOnlyList<EvilRequest> All(string evilPin, string otherAuthority) =>
    [
        Change("another host", ("serverAddress", Evil)),
        Change("another host by plain http", ("serverAddress", "http://evil.example/EWS/Exchange.asmx")),
        Change("another host and port", ("serverAddress", "https://evil.example:8443/EWS/Exchange.asmx")),
        Change("another port of the same host", ("serverAddress", "https://mail.contoso.example:8443/EWS/Exchange.asmx")),
        Change("plain http of the same host", ("serverAddress", "http://mail.contoso.example/EWS/Exchange.asmx")),
        Change("plain http at the port of https", ("serverAddress", "http://mail.contoso.example:443/EWS/Exchange.asmx")),
        Change("a host that begins alike", ("serverAddress", "https://mail.contoso.example.evil.example/EWS/Exchange.asmx")),
        Change("the host as a user name", ("serverAddress", "https://mail.contoso.example@evil.example/EWS/Exchange.asmx")),
        Change("the host behind a backslash", ("serverAddress", "https://evil.example\\@mail.contoso.example/EWS/Exchange.asmx")),
        Change("the host in a query", ("serverAddress", "https://evil.example?mail.contoso.example/EWS/Exchange.asmx")),
        Change("the host in a fragment", ("serverAddress", "https://evil.example#mail.contoso.example/EWS/Exchange.asmx")),
        Change("another host and Basic", ("serverAddress", Evil), ("authentication", "Basic")),
        Change("another host, Basic and its pin", ("serverAddress", Evil), ("authentication", "Basic"), ("authorityCertificates", null), (
            "pinnedCertificate", evilPin)),
        Change("another host and its pin", ("serverAddress", Evil), ("authorityCertificates", null), ("pinnedCertificate", evilPin)),
        Change("Basic", ("authentication", "Basic")),
        Change("a pin", ("authorityCertificates", null), ("pinnedCertificate", evilPin)),
        Change("no trust of its own", ("authorityCertificates", null)),
        Change("another authority", ("authorityCertificates", otherAuthority)),
        Change("another user", ("userName", "other@contoso.example")),
        Change("a user whose mail domain is evil", ("userName", "svc@evil.example")),
        Change("a user of a domain", ("userName", "EVIL\\svc")),
        Change("another host and an empty password", ("serverAddress", Evil), ("password", "")),
        Change("another host and no password", ("serverAddress", Evil), ("password", null)),
        Change("another host, anyway", ("serverAddress", Evil), ("tryAnyway", true)),
        Change("another host and delegate access", ("serverAddress", Evil), ("useImpersonation", false)),
        Change("another host and version", ("serverAddress", Evil), ("exchangeVersion", "Exchange2013")),
        Change("a user whose mail domain is evil, anyway", ("userName", "svc@evil.example"), ("tryAnyway", true)),
        Post("a password and an address", HttpMethod.Put, "password", new JsonObject { ["password"] = "x", ["serverAddress"] = Evil }),
        Post("no password", HttpMethod.Put, "password", new JsonObject { ["password"] = "" }),
        Search("another domain", ("mailAddress", "svc@evil.example")),
        Search("another domain and its hosts", ("mailAddress", "svc@evil.example"), ("allowedHosts", new JsonArray("evil.example"))),
        Search("other hosts", ("allowedHosts", new JsonArray("evil.example"))),
        Search("other hosts beside the own", ("allowedHosts", new JsonArray("contoso.example", "autodiscover.evil.example"))),
        Search("other hosts, anyway", ("allowedHosts", new JsonArray("evil.example")), ("tryAnyway", true)),
        Search("another domain, anyway", ("mailAddress", "svc@evil.example"), ("tryAnyway", true)),
        Search("another domain and an empty password", ("mailAddress", "svc@evil.example"), ("password", "")),
        Search("a domain that begins alike", ("mailAddress", "svc@contoso.example.evil.example")),
        Search("hosts that begin alike", ("allowedHosts", new JsonArray("contoso.example.evil.example"))),
        Post("a diagnosis before saving, without a password", "integrations/diagnosis", t => With(t.Settings, ("serverAddress", Evil))),
        Post("a diagnosis before saving, with an empty one", "integrations/diagnosis", t =>
            With(t.Settings, ("serverAddress", Evil), ("password", ""))),
        Post("a new integration without a password", "integrations", t => With(t.Settings, ("serverAddress", Evil))),
        Post("a search without a password", "server-discoveries", _ => new JsonObject { ["userName"] = "svc@evil.example" }),
        new("a staff member of the evil domain", HttpMethod.Put, t => $"staff/evil-{t.Status}/link", t => new JsonObject
        {
            ["staffName"] = "Eve", ["integrationId"] = t.Id, ["timeZone"] = "Europe/Berlin",
                ["mailboxAddress"] = $"{t.Status}@evil.example",
        }),
        Post("its first pass", t => $"staff/evil-{t.Status}/sync"),
        Post("a pass", t => $"staff/{t.Staff}/sync"),
        new("why", HttpMethod.Get, t => $"staff/{t.Staff}/why?itemId=AAMk", _ => null),
        Post("a check of one", t => $"staff/{t.Staff}/recheck"),
        Post("a check of all", HttpMethod.Post, "recheck", new JsonObject { ["scope"] = "All" }),
        Search("the own domain, whose servers lead elsewhere"),
        Search("the own domain, anyway", ("tryAnyway", true)),
        Search("the stored server and the own domain", ("allowedHosts", new JsonArray("mail.contoso.example", "contoso.example"))),
        Post("a diagnosis", HttpMethod.Post, "diagnosis", new JsonObject()),
        Post("a diagnosis with a refused password", HttpMethod.Post, "diagnosis",
            new JsonObject { ["tryCredential"] = true, ["sampleSize"] = 100 }),
        Post("a diagnosis, anyway", HttpMethod.Post, "diagnosis", new JsonObject { ["tryAnyway"] = true }),
        Post("a preview", HttpMethod.Post, "preview", null),
        Post("a test", HttpMethod.Post, "test", null),
        Post("a test, anyway", HttpMethod.Post, "test", new JsonObject { ["tryAnyway"] = true }),
        Post("a resync", HttpMethod.Post, "resync", null),
        Post("an authorization", HttpMethod.Post, "authorize?estimate=true", null),
        Post("an authorization, anyway", HttpMethod.Post, "authorize", new JsonObject { ["tryAnyway"] = true }),
        Post("an end of the pause", HttpMethod.Post, "resume", null),
        new("a lift of the pauses", HttpMethod.Delete, t => $"integrations/{t.Id}/traffic/pauses", _ => null),
        Post("an appointment", "appointments", t => new JsonObject
        {
            ["title"] = "Haircut", ["timeZone"] = "Europe/Berlin", ["staffIds"] = new JsonArray(t.Staff, t.Mover, $"evil-{t.Status}"),
                ["start"] = "2030-05-06T09:00:00Z", ["end"] = "2030-05-06T10:00:00Z",
        }),
        Post("a calendar read anew", t => $"staff/{t.Staff}/resync"),
        new("a link switched off", HttpMethod.Put, t => $"staff/{t.Staff}/link/enabled",
            _ => new JsonObject { ["enabled"] = false, ["copies"] = "Remove" }),
        new("a link switched on", HttpMethod.Put, t => $"staff/{t.Staff}/link/enabled", _ => new JsonObject { ["enabled"] = true }),
        Post("another pass", t => $"staff/{t.Staff}/sync"),
        Post("a pass of another", t => $"staff/{t.Mover}/sync"),
    ];

    /// <summary>
    /// They name no address and no password: what they lead to is done in the background, by the integration as it is stored.
    /// </summary>
    public static IReadOnlyList<string> OnlyByWhatIsStored { get; } =
    [
        "PUT integrations/{id}/password", "PUT integrations/{id}/manual-syncing", "POST integrations/{id}/pause",
        "POST integrations/{id}/disconnect", "POST integrations/{id}/disconnection/finish", "DELETE staff/{staffId}/link",
        "POST api-keys", "POST api-keys/{id}/revoke", "POST appointments/{id}/move", "PUT appointments/{id}/details",
        "PUT appointments/{id}/staff", "POST appointments/{id}/cancel", "POST staff/{staffId}/removals/{id}/restore",
        "POST staff/{staffId}/held-deletions/decision", "POST staff/{staffId}/calendar/events/{id}/response",
        "POST erasures", "POST erasures/search", "POST erasures/{id}/finish",
    ];

    public static JsonObject With(JsonObject settings, params (string Field, JsonNode? Value)[] changes)
    {
        var body = settings.DeepClone().AsObject();
        foreach (var (field, value) in changes) body[field] = value?.DeepClone();
        return body;
    }

    private static EvilRequest Change(string name, params (string Field, JsonNode? Value)[] changes) =>
        new($"a change: {name}", HttpMethod.Put, t => $"integrations/{t.Id}", t => With(t.Settings, changes));

    private static EvilRequest Search(string name, params (string Field, JsonNode? Value)[] fields) =>
        new($"a search: {name}", HttpMethod.Post, t => $"integrations/{t.Id}/discovery", _ => With([], fields));

    private static EvilRequest Post(string name, HttpMethod method, string ending, JsonObject? body) =>
        new(name, method, t => $"integrations/{t.Id}/{ending}", _ => body?.DeepClone());

    private static EvilRequest Post(string name, string path, Func<Target, JsonNode?> body) => new(name, HttpMethod.Post, _ => path, body);

    private static EvilRequest Post(string name, Func<Target, string> path) => new(name, HttpMethod.Post, path, _ => null);
}

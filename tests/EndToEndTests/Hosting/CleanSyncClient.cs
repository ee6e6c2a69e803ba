using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>The API as the booking product's front end calls it.</summary>
internal sealed class CleanSyncClient(HttpClient http, CancellationToken ct)
{
    /// <summary>Every answer's body so far, for searching.</summary>
    public List<string> Answers { get; } = [];

    public async Task<Guid> Connect(
        Uri exchange,
        string scheme = "Ntlm",
        string userName = Organisation.AccountName,
        string password = Organisation.Password,
        bool impersonation = true,
        bool titles = true,
        string version = "Exchange2016") =>
        Id(await Ok(HttpMethod.Post, "integrations", Settings(exchange, scheme, userName, password, impersonation, titles, version)));

    /// <summary>Connects the organisation, links a staff member, authorizes, and waits for their first pass.</summary>
    public async Task<Guid> Begin(Organisation exchange, string staff, string scheme = "Ntlm")
    {
        var integration = await Connect(exchange.Exchange.EwsUrl, scheme);
        await Link(integration, staff);
        await Authorize(integration);
        await Sync(staff);
        return integration;
    }

    /// <summary>The same with all of these.</summary>
    public async Task<Guid> Begin(Organisation exchange, IReadOnlyList<string> staff, string scheme = "Ntlm")
    {
        var integration = await Begin(exchange, staff[0], scheme);
        foreach (var other in staff.Skip(1))
        {
            await Link(integration, other);
            await Sync(other);
        }

        return integration;
    }

    public Task<JsonNode> ShowTitles(Guid integration, Uri exchange, bool titles) =>
        Ok(
            HttpMethod.Put,
            $"integrations/{integration}",
            Settings(exchange, "Ntlm", Organisation.AccountName, null, true, titles, "Exchange2016"));

    public Task<JsonNode> Authorize(Guid integration) => Ok(HttpMethod.Post, $"integrations/{integration}/authorize");

    public Task<(HttpStatusCode Status, JsonNode? Body)> TryAuthorize(Guid integration) =>
        Send(HttpMethod.Post, $"integrations/{integration}/authorize");

    public Task<JsonNode> Integration(Guid integration) => Ok(HttpMethod.Get, $"integrations/{integration}");

    /// <summary>All settings as they are stored, to be changed and sent again.</summary>
    public async Task<JsonObject> Settings(Guid integration)
    {
        var settings = (await Integration(integration)).AsObject();
        foreach (var derived in new[] { "id", "authorities", "status", "statusReason", "pausedUntil", "disconnectingSince",
            "credentialExpiry", "version", "trouble", "logonWarning" }) settings.Remove(derived);
        return settings;
    }

    public Task<(HttpStatusCode Status, JsonNode? Body)> TryChange(Guid integration, JsonObject settings) =>
        Send(HttpMethod.Put, $"integrations/{integration}", settings);

    public Task<JsonNode> Link(Guid integration, string staff, string? address = null, string zone = "Europe/Berlin") =>
        Ok(
            HttpMethod.Put,
            $"staff/{staff}/link",
            new
            {
                staffName = staff,
                integrationId = integration,
                mailboxAddress = address ?? Organisation.Address(staff),
                timeZone = zone
            });

    public Task<JsonNode> Staff(string staff) => Ok(HttpMethod.Get, $"staff/{staff}");

    public async Task Sync(string staff)
    {
        var (status, body) = await Send(HttpMethod.Post, $"staff/{staff}/sync");
        if (status != HttpStatusCode.NoContent) throw new InvalidOperationException($"The pass of {staff} failed: {(int)status} {body}");
    }

    public Task<(HttpStatusCode Status, JsonNode? Body)> TrySync(string staff) => Send(HttpMethod.Post, $"staff/{staff}/sync");

    public async Task<Guid> Book(DateTimeOffset start, double hours, params string[] staff) =>
        Id(await Ok(HttpMethod.Post, "appointments", Booking(start, hours, staff)));

    /// <summary>A booking that may be asked for again under the same key.</summary>
    public async Task<Guid> Book(object booking, string key) => Id(await Ok(HttpMethod.Post, "appointments", booking, key));

    public static object Booking(DateTimeOffset start, double hours, string[] staff, string title = "Haircut") => new
    {
        title,
        start,
        end = start.AddHours(hours),
        timeZone = "Europe/Berlin",
        location = "Branch 1",
        notes = "First visit",
        client = new { name = "Client Example", phone = "+49 30 1234", email = "client@example.org" },
        staffIds = staff,
    };

    public Task<JsonNode> Move(Guid appointment, DateTimeOffset start, double hours = 1) =>
        Ok(HttpMethod.Post, $"appointments/{appointment}/move", new { start, end = start.AddHours(hours) });

    public Task<(HttpStatusCode Status, JsonNode? Body)> TryMove(Guid appointment, DateTimeOffset start, double hours) =>
        Send(HttpMethod.Post, $"appointments/{appointment}/move", new { start, end = start.AddHours(hours) });

    public Task<JsonNode> Cancel(Guid appointment) => Ok(HttpMethod.Post, $"appointments/{appointment}/cancel");

    public Task<JsonNode> Appointment(Guid id) => Ok(HttpMethod.Get, $"appointments/{id}");

    public async Task<IReadOnlyList<JsonNode>> Calendar(string staff, DateTimeOffset from, DateTimeOffset to)
    {
        var range = string.Create(
            CultureInfo.InvariantCulture, $"from={from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        return [.. (await Ok(HttpMethod.Get, $"staff/{staff}/calendar?{range}"))["entries"]!.AsArray().Select(e => e!)];
    }

    /// <summary>What admins did, the newest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> AuditLog() =>
        [.. (await Ok(HttpMethod.Get, "audit-log"))["entries"]!.AsArray().Select(e => e!)];

    public async Task<JsonNode> Ok(HttpMethod method, string path, object? body = null, string? key = null)
    {
        var (status, answer) = await Send(method, path, body, key);
        if ((int)status >= 300) throw new InvalidOperationException($"{method} {path}: {(int)status} {answer}");
        return answer!;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> Send(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"api/v1/{path}", UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        lock (Answers) Answers.Add(text);
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    private static Guid Id(JsonNode answer) => answer["id"]!.GetValue<Guid>();

    private static object Settings(
        Uri exchange,
        string scheme,
        string userName,
        string? password,
        bool impersonation,
        bool titles,
        string version) => new
        {
            displayName = "Head office",
            serverAddress = exchange,
            authentication = scheme,
            userName,
            password,
            exchangeVersion = version,
            useImpersonation = impersonation,
            showEventTitles = titles,
            horizonMonths = 12,
            reminderMinutes = 15,
        };
}

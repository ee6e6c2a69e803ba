using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;

namespace CleanSync.ExchangeSimulator.Control;

/// <summary>
/// The routes below /sim through which a demonstration or a test in another process plays the person in Outlook and breaks
/// things. Loopback only, no authentication. An item id goes into the path URL-encoded, or into ?id= with "_" in its place.
/// </summary>
internal static class ControlApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static RouteGroupBuilder Map(
        WebApplication app,
        ExchangeOrganisation organisation,
        RequestJournal requests,
        FaultScript faults,
        TimeProvider time)
    {
        var sim = app.MapGroup("/sim").AddEndpointFilter(Guard);
        sim.MapGet(
            "/mailboxes",
            () => Ok(organisation.Mailboxes.Select(m => new MailboxView(m.SmtpAddress, m.DisplayName, m.Zone.Id, m.Calendar.Count))));
        sim.MapPost("/mailboxes", async (HttpRequest http) =>
        {
            var wish = await Read<NewMailbox>(http);
            var mailbox = organisation.AddMailbox(wish.SmtpAddress, wish.TimeZoneId, wish.DisplayName);
            return Ok(new MailboxView(mailbox.SmtpAddress, mailbox.DisplayName, mailbox.Zone.Id, mailbox.Calendar.Count));
        });
        sim.MapPost("/accounts", async (HttpRequest http) => AddAccount(organisation, await Read<NewAccount>(http)));
        sim.MapGet("/mailboxes/{smtp}/events", (string smtp, string? from, string? to) =>
        {
            var begin = from is null ? time.GetUtcNow().AddDays(-1) : Time(from);
            return Ok(organisation.Mailbox(smtp).View(begin, to is null ? begin.AddDays(31) : Time(to)).Select(EventJson.Of));
        });
        sim.MapGet(
            "/mailboxes/{smtp}/folders/{folder}",
            (string smtp, string folder) => Ok(organisation.Mailbox(smtp).ItemsIn(folder).Select(EventJson.Of)));
        sim.MapPost("/mailboxes/{smtp}/events", async (string smtp, HttpRequest http) =>
        {
            var wish = await Read<NewEvent>(http);
            return Shown(organisation, smtp, organisation.Mailbox(smtp).Person.Adds(wish.Draft()));
        });
        sim.MapPost("/mailboxes/{smtp}/series", async (string smtp, HttpRequest http) =>
        {
            var wish = await Read<NewEvent>(http);
            return Shown(
                organisation,
                smtp,
                organisation.Mailbox(smtp).Person.AddsSeries(wish.Draft(), wish.Pattern(), wish.Occurrences, wish.Until));
        });
        sim.MapPatch("/mailboxes/{smtp}/events/{id}", async (string smtp, string id, HttpRequest http) =>
        {
            organisation.Mailbox(smtp).Person.Edits(Id(http, id), await Read<EventEdit>(http));
            return Shown(organisation, smtp, Id(http, id));
        });
        sim.MapDelete("/mailboxes/{smtp}/events/{id}", (string smtp, string id, bool? hard, HttpRequest http) =>
        {
            if (hard != true) return Ok(new IdView(organisation.Mailbox(smtp).Person.Deletes(Id(http, id))));
            organisation.Mailbox(smtp).Person.HardDeletes(Id(http, id));
            return Results.NoContent();
        });
        sim.MapPost("/mailboxes/{smtp}/events/{id}/copy", (string smtp, string id, HttpRequest http) =>
            Shown(organisation, smtp, organisation.Mailbox(smtp).Person.Copies(Id(http, id))));
        sim.MapPost("/mailboxes/{smtp}/events/{id}/restore", (string smtp, string id, HttpRequest http) =>
            Shown(organisation, smtp, organisation.Mailbox(smtp).Person.Restores(Id(http, id))));
        sim.MapPost("/mailboxes/{smtp}/events/{id}/move", (string smtp, string id, string folder, HttpRequest http) =>
            Shown(organisation, smtp, organisation.Mailbox(smtp).Person.MovesToFolder(Id(http, id), folder)));
        sim.MapPatch("/mailboxes/{smtp}/series/{id}/occurrences/{originalStart}",
            async (string smtp, string id, string originalStart, HttpRequest http) =>
        {
            var person = organisation.Mailbox(smtp).Person;
            var occurrence = person.OccurrenceId(Id(http, id), Time(originalStart));
            person.Edits(occurrence, await Read<EventEdit>(http));
            return Shown(organisation, smtp, occurrence);
        });
        sim.MapDelete("/mailboxes/{smtp}/series/{id}/occurrences/{originalStart}",
            (string smtp, string id, string originalStart, HttpRequest http) =>
        {
            organisation.Mailbox(smtp).Person.DeletesOccurrence(Id(http, id), Time(originalStart));
            return Results.NoContent();
        });
        sim.MapGet("/requests", () => Ok(requests.All));
        sim.MapDelete("/requests", () =>
        {
            requests.Clear();
            return Results.NoContent();
        });
        sim.MapPost("/faults", async (HttpRequest http) =>
        {
            var wish = await Read<NewFault>(http);
            faults.Next(wish.Fault(), wish.Operation, wish.Mailbox, wish.Times ?? 1, wish.After ?? 0);
            return Results.NoContent();
        });
        sim.MapDelete("/faults", () =>
        {
            faults.Clear();
            return Results.NoContent();
        });
        return sim;
    }

    /// <summary>Loopback only; what cannot be done is said in words instead of by a stack trace.</summary>
    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address)) return Results.StatusCode(403);
        try
        {
            return await next(context);
        }
        catch (EwsRefusedException refusal)
        {
            return Results.Json(
                new Refusal(refusal.Code, refusal.Message), Json, statusCode: refusal.Code == "ErrorItemNotFound" ? 404 : 409);
        }
        catch (Exception bad) when (bad is ArgumentException or FormatException or JsonException or BadHttpRequestException)
        {
            return Results.Json(new Refusal("BadRequest", bad.Message), Json, statusCode: 400);
        }
    }

    private static IResult AddAccount(ExchangeOrganisation organisation, NewAccount wish)
    {
        var account = organisation.AddAccount(wish.UserName, wish.Password, wish.DownLevelName, wish.HasMailbox ?? true);
        if (wish.Impersonation == true) organisation.GrantImpersonation(account);
        foreach (var (mailbox, level) in wish.FolderRights ?? []) organisation.GrantFolderRights(account, mailbox, level);
        return Ok(new AccountView(account.UserPrincipalName, account.DownLevelName, account.HasMailbox, account.MayImpersonate));
    }

    internal static IResult Ok<T>(T value) => Results.Json(value, Json);

    private static IResult Shown(ExchangeOrganisation organisation, string smtp, string id) =>
        Ok(EventJson.Of(organisation.Mailbox(smtp).Find(id) ?? throw EwsRefusedException.ItemNotFound()));

    internal static async Task<T> Read<T>(HttpRequest http) =>
        await http.ReadFromJsonAsync<T>(Json) ?? throw new ArgumentException("The request has no body.");

    // Routing leaves %2F in a segment as it is.
    internal static string Id(HttpRequest http, string segment) =>
        segment == "_" ? http.Query["id"].ToString() : segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private sealed record Refusal(string Code, string Message);

    private sealed record IdView(string Id);

    private sealed record MailboxView(string SmtpAddress, string DisplayName, string TimeZoneId, int Items);

    private sealed record AccountView(string UserName, string DownLevelName, bool HasMailbox, bool Impersonation);

    private sealed record NewMailbox(string SmtpAddress, string? TimeZoneId, string? DisplayName);

    private sealed record NewAccount(
        string UserName,
        string Password,
        string? DownLevelName,
        bool? HasMailbox,
        bool? Impersonation,
        Dictionary<string, FolderLevel>? FolderRights);
}

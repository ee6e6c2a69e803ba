using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CleanSync.EndToEndTests.Api;

/// <summary>Request bodies that are accepted as they are, for tests to spoil one field of.</summary>
internal static class Bodies
{
    public static JsonObject Integration(string name = "Contoso HQ") => new()
    {
        ["displayName"] = name,
        ["serverAddress"] = "https://mail.contoso.example/EWS/Exchange.asmx",
        ["authentication"] = "Ntlm",
        ["userName"] = "svc-booking@contoso.example",
        ["password"] = "correct horse",
        ["exchangeVersion"] = "Exchange2016",
        ["useImpersonation"] = true,
        ["showEventTitles"] = false,
        ["horizonMonths"] = 12,
        ["reminderMinutes"] = 15,
    };

    public static JsonObject Discovery() => new()
    {
        ["userName"] = "svc-booking@contoso.example",
        ["password"] = "correct horse",
        ["authentication"] = "Ntlm",
        ["exchangeVersion"] = "Exchange2016",
    };

    public static JsonObject Booking(params string[] staff) => new()
    {
        ["title"] = "Haircut",
        ["start"] = "2030-06-03T09:30:00+02:00",
        ["end"] = "2030-06-03T10:15:00+02:00",
        ["timeZone"] = "Europe/Berlin",
        ["staffIds"] = new JsonArray([.. staff.DefaultIfEmpty("nobody-linked").Select(s => JsonValue.Create(s))]),
    };

    public static JsonObject Link(string integrationId, string? address = "anna@contoso.example") => new()
    {
        ["staffName"] = "Anna Adler",
        ["integrationId"] = integrationId,
        ["timeZone"] = "Europe/Berlin",
        ["mailboxAddress"] = address,
    };

    public static StringContent Sent(string json) => new(json, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));

    public static StringContent Sent(JsonNode json) => Sent(json.ToJsonString());
}

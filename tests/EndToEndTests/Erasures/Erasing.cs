using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Journeys;

namespace CleanSync.EndToEndTests.Erasures;

/// <summary>A client who can be told from everybody else, and the steps that the stories of their erasure have in common.</summary>
internal static class Erasing
{
    public const string Name = "Zephyrine Quandt-Özkaya";
    public const string Phone = "+49 171 5550 4711";
    public const string Email = "zephyrine.quandt@client.example";
    public const string Notes = "Allergic to planted-henna-0815";

    /// <summary>
    /// Yesterday by the staff's calendars, which they still hold: a day later than by UTC, in the hours before its midnight.
    /// </summary>
    public static DateTimeOffset Yesterday { get; } = new(
        TimeZoneInfo.ConvertTimeBySystemTimeZoneId(TimeProvider.System.GetUtcNow(), "Europe/Berlin").Date.AddDays(-1), TimeSpan.Zero);

    public static IReadOnlyList<Needle> Needles { get; } =
        [.. new[] { Name, "Zephyrine", Phone, Email, Notes }.Select(secret => new Needle(secret, secret, "nobody"))];

    public static object Booking(DateTimeOffset start, string[] staff, string title = "Haircut") => new
    {
        title,
        start,
        end = start.AddHours(1),
        timeZone = "Europe/Berlin",
        location = "Branch 1",
        notes = Notes,
        client = new { name = Name, phone = Phone, email = Email },
        staffIds = staff,
    };

    public static async Task<JsonNode> Erase(this CleanSyncClient api, object erasure)
    {
        var (status, body) = await api.Send(HttpMethod.Post, "erasures", erasure);
        return status == HttpStatusCode.Accepted ? body! : throw new InvalidOperationException($"{status} {body}");
    }

    public static Task<JsonNode> Erasure(this CleanSyncClient api, JsonNode begun) => api.Ok(HttpMethod.Get, $"erasures/{begun["id"]}");

    public static async Task<JsonNode> Ended(this CleanSyncClient api, JsonNode begun, CancellationToken ct)
    {
        await Eventually.Until("the erasure has ended", async () => (await api.Erasure(begun)).Text("state") == "Finished", ct);
        return await api.Erasure(begun);
    }

    public static Task Written(this CleanSyncClient api, Guid appointment, CancellationToken ct) => Eventually.Until(
        "its copies are written",
        async () => (await api.Appointment(appointment))["copies"]!.AsArray().All(c => c.Text("state") is "Written" or "Confirmed"),
        ct);

    public static int Count(this JsonNode? node, string member) => node![member]!.GetValue<int>();

    public static string Text(this JsonNode? node, string member) => node![member]!.GetValue<string>();

    public static List<string> Codes(this JsonNode erasure, string list) =>
        [.. erasure[list]!.AsArray().Select(o => o.Text("code")).Order(StringComparer.Ordinal)];

    /// <summary>Where any form of what is searched for stands in the data folder.</summary>
    public static IReadOnlyList<string> Finds(this TemporaryFolder data, IEnumerable<Needle> needles)
    {
        var files = data.Files().ToList();
        return
        [
            .. from form in needles.SelectMany(n => n.Forms)
               from file in files
               where file.Bytes.AsSpan().IndexOf(form.Bytes) >= 0
               select $"{Path.GetFileName(file.File)}: {form.Form}",
        ];
    }

    /// <summary>What a person reads in the calendars.</summary>
    public static string Reads(this Organisation exchange, params string[] staff)
    {
        var items = staff.SelectMany(m => exchange.Mailbox(m).Calendar).Select(i => i.Fields);
        return string.Join(
            '\n', items.Select(f => $"{f.Subject}|{f.Location}|{f.Body}|{(f.Start - Yesterday).TotalHours}").Order(StringComparer.Ordinal));
    }
}

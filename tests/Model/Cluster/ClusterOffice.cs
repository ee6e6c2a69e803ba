using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;

namespace CleanSync.Model.Cluster;

/// <summary>
/// The people of a run: they book through whichever node answers, and work in Outlook, each in a day and a calendar of their own, so that
/// what both sides must show at the end is known. A request whose answer was lost is sent again with the same key.
/// </summary>
internal sealed class ClusterOffice(
    IReadOnlyList<NodeProcess> nodes,
    ExchangeOrganisation organisation,
    string key,
    int links,
    Random dice)
    : IDisposable
{
    private static readonly DateTimeOffset Monday =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(7), TimeSpan.Zero);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<Booked> booked = [];
    private readonly List<Typed> typed = [];
    private int number;

    /// <summary>What the booking product has booked, moved and cancelled.</summary>
    public IReadOnlyList<Booked> Bookings => booked;

    /// <summary>What people have typed into Outlook, and not deleted.</summary>
    public IReadOnlyList<Typed> Events => typed;

    public ConcurrentBag<string> Surprises { get; } = [];

    public void Dispose() => http.Dispose();

    public static string Staff(int link) => string.Create(CultureInfo.InvariantCulture, $"staff{link:0000}");

    public static string Address(int link) => $"{Staff(link)}@contoso.example";

    public async Task Act()
    {
        switch (dice.Next(10))
        {
            case < 4:
                await Book();
                break;
            case 4 when booked.Count > 0:
                await Move(booked[dice.Next(booked.Count)]);
                break;
            case 5 when booked.Count > 0:
                await Cancel(booked[dice.Next(booked.Count)]);
                break;
            case < 8:
                Type();
                break;
            default:
                if (typed.Count > 0) Retype(typed[dice.Next(typed.Count)]);
                break;
        }
    }

    /// <summary>Sent to a node that runs, again and again until one answers.</summary>
    public async Task<JsonNode> Call(HttpMethod method, string path, object? body = null, string? idempotency = null)
    {
        while (true)
        {
            var running = nodes.Where(n => n.Runs).ToList();
            var node = running[dice.Next(running.Count)];
            try
            {
                using var request = new HttpRequestMessage(method, new Uri(node.Address, path));
                request.Headers.Add("X-Api-Key", key);
                if (idempotency is not null) request.Headers.Add("Idempotency-Key", idempotency);
                if (body is not null) request.Content = JsonContent.Create(body);
                using var response = await http.SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode) return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
                if ((int)response.StatusCode is not (409 or 503 or 429))
                    throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                // killed or frozen meanwhile
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task Book()
    {
        var n = ++number;
        var link = dice.Next(links);
        var title = $"Booking {n}";
        var start = Start(n);
        var answer = await Call(
            HttpMethod.Post,
            "api/v1/appointments",
            new { title, start, end = start.AddMinutes(30), timeZone = "UTC", staffIds = new[] { Staff(link) } },
            $"book-{n}");
        booked.Add(new Booked(answer["id"]!.GetValue<Guid>(), link, title) { Start = start });
    }

    private async Task Move(Booked appointment)
    {
        if (appointment.IsCancelled) return;
        var start = Start(++number);
        await Call(HttpMethod.Post, $"api/v1/appointments/{appointment.Id}/move", new { start, end = start.AddMinutes(30) });
        appointment.Start = start;
    }

    private async Task Cancel(Booked appointment)
    {
        if (appointment.IsCancelled) return;
        await Call(HttpMethod.Post, $"api/v1/appointments/{appointment.Id}/cancel");
        appointment.IsCancelled = true;
    }

    private void Type()
    {
        var n = ++number;
        var link = dice.Next(links);
        var draft = new EventDraft($"Typed {n}", Start(n), Start(n).AddMinutes(30));
        typed.Add(new Typed(link, organisation.Mailbox(Address(link)).Person.Adds(draft), draft.Subject) { Start = draft.Start });
    }

    private void Retype(Typed item)
    {
        var person = organisation.Mailbox(Address(item.Link)).Person;
        try
        {
            if (dice.Next(4) == 0)
            {
                person.HardDeletes(item.ItemId);
                typed.Remove(item);
            }
            else
            {
                item.Start = Start(++number);
                person.Moves(item.ItemId, item.Start);
            }
        }
        catch (EwsRefusedException refused)
        {
            Surprises.Add($"{Address(item.Link)}: {item.Subject} could not be changed in Outlook: {refused.Message}");
        }
    }

    /// <summary>Each thing has a time that no other has, or one would hide a mistake in the other.</summary>
    private static DateTimeOffset Start(int n) => Monday.AddMinutes(n % 280 * 1440 + n / 280 * 5);

    internal sealed record Booked(Guid Id, int Link, string Title)
    {
        public DateTimeOffset Start { get; set; }
        public bool IsCancelled { get; set; }
    }

    internal sealed record Typed(int Link, string ItemId, string Subject)
    {
        public DateTimeOffset Start { get; set; }
    }
}

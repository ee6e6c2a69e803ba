using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

public sealed class ControlApiTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_acts_through_http()
    {
        await using var exchange = await Start();
        using var http = new HttpClient { BaseAddress = new Uri(exchange.Exchange.BaseUrl, $"/sim/mailboxes/{Alice}/") };
        var added =
            await Json(await http.PostAsJsonAsync("events",
                new { subject = "A", start = "2026-03-16T08:00:00Z", end = "2026-03-16T09:00:00Z" }, Cancelled));
        var id = added.GetProperty("id").GetString()!;
        var moved =
            await Json(await http.PatchAsJsonAsync("events/" + Uri.EscapeDataString(id),
                new { start = "2026-03-17T08:00:00Z", sensitivity = "Private", freeBusy = "OOF" }, Cancelled));
        Assert.Equal(
            ("2026-03-17T09:00:00+00:00", "Private"), (moved.GetProperty("end").GetString(), moved.GetProperty("sensitivity").GetString()));
        var series =
            await Json(await http.PostAsJsonAsync("series",
                new { subject = "S", start = "2026-03-16T08:00:00Z", end = "2026-03-16T09:00:00Z", repeats = "weekly", occurrences = 3 },
                Cancelled));
        var master = Uri.EscapeDataString(series.GetProperty("id").GetString()!);
        await Json(
            await http.PatchAsJsonAsync($"series/{master}/occurrences/2026-03-23T08:00:00Z", new { subject = "Changed" }, Cancelled));
        using var dropped = await http.DeleteAsync($"series/_/occurrences/2026-03-30T07:00:00Z?id={master}", Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, dropped.StatusCode);
        var view = await http.GetFromJsonAsync<JsonElement>("events?from=2026-03-01T00:00:00Z&to=2026-05-01T00:00:00Z", Cancelled);
        Assert.Equal(["S", "A", "Changed"], view.EnumerateArray().Select(e => e.GetProperty("subject").GetString()));
        using var deleted = await http.DeleteAsync("events/" + Uri.EscapeDataString(id), Cancelled);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var again = await http.DeleteAsync("events/" + Uri.EscapeDataString(id), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Faults_accounts_and_requests_are_reached_too()
    {
        await using var exchange = await Start();
        using var http = new HttpClient { BaseAddress = new Uri(exchange.Exchange.BaseUrl, "/sim/") };
        await http.PostAsJsonAsync("mailboxes", new { smtpAddress = "bob@contoso.example", timeZoneId = "GMT Standard Time" }, Cancelled);
        await http.PostAsJsonAsync(
            "accounts",
            new
            {
                userName = "two@contoso.example",
                password = "x",
                impersonation = true,
                folderRights = new Dictionary<string, string>
                { [Alice] = "Reviewer" }
            },
            Cancelled);
        await http.PostAsJsonAsync("faults", new { kind = "soapFault", code = "ErrorServerBusy", operation = "GetFolder" }, Cancelled);
        Assert.Equal("ErrorServerBusy", await exchange.Fault(Ask.GetFolder()));
        Assert.True(exchange.Exchange.Organisation.Account("two@contoso.example").MayImpersonate);
        var requests = await http.GetFromJsonAsync<JsonElement>("requests", Cancelled);
        Assert.Equal("GetFolder", requests.EnumerateArray().Single().GetProperty("operation").GetString());
        await http.DeleteAsync("requests", Cancelled);
        Assert.Equal(0, exchange.Exchange.Requests.Count());
    }

    [Fact]
    public async Task The_servers_habits_can_be_changed_while_it_runs()
    {
        await using var exchange = await Start();
        using var http = new HttpClient { BaseAddress = new Uri(exchange.Exchange.BaseUrl, "/sim/") };
        var habits =
            await Json(await http.PatchAsJsonAsync("switches",
                new
                {
                    lockoutAfter = 3,
                    reportsMovesAsUpdates = true,
                    writesControlsRaw = true,
                    assistantTouches = 2,
                    assistantSeconds = 7,
                    jitterMilliseconds = 1
                },
                Cancelled));
        var organisation = exchange.Exchange.Organisation;
        Assert.Equal(
            (3, true, true, false),
            (organisation.LockoutAfter, organisation.ReportsMovesAsUpdates, organisation.WritesControlsRaw, organisation.GivesItsOwnUids));
        Assert.Equal(new AssistantPlan(2, TimeSpan.FromSeconds(7)), organisation.Assistants);
        Assert.Equal(
            (2, 1, 0),
            (
                habits.GetProperty("assistantTouches").GetInt32(),
                habits.GetProperty("jitterMilliseconds").GetInt32(),
                habits.GetProperty("latencyMilliseconds").GetInt32()));
        await http.PatchAsJsonAsync(
            "switches",
            new
            {
                lockoutAfter = 0,
                assistantTouches = 0,
                clockIsAheadBySeconds = 60,
                blockedUserAgent = "Outlook",
                hidesPrivateItems = true,
                givesCallersDeletedItems = true
            },
            Cancelled);
        Assert.Equal((TimeSpan.FromMinutes(1), "Outlook"), (organisation.ClockIsAheadBy, organisation.BlockedUserAgent));
        Assert.True(organisation is { HidesPrivateItems: true, GivesCallersDeletedItems: true });
        Assert.Equal((null, null, true), (organisation.LockoutAfter, organisation.Assistants, organisation.WritesControlsRaw));
        Assert.False((await http.GetFromJsonAsync<JsonElement>("switches", Cancelled)).GetProperty("givesItsOwnUids").GetBoolean());
    }

    [Fact]
    public async Task Rights_broken_items_late_reports_and_locked_accounts_are_reached_too()
    {
        await using var exchange = await Start();
        using var http = new HttpClient { BaseAddress = new Uri(exchange.Exchange.BaseUrl, "/sim/") };
        var now = exchange.Clock.GetUtcNow();
        var id = exchange.Mailbox.Person.Adds(new("A", now, now.AddHours(1)));
        await http.PutAsJsonAsync($"mailboxes/{Alice}/rights", new { account = User, level = "Reviewer" }, Cancelled);
        Assert.Equal("ErrorAccessDenied", Code((await exchange.Ask(Ask.Delete(id), impersonated: null)).Single()));
        await http.PutAsJsonAsync($"mailboxes/{Alice}/reports", new { reports = "Late" }, Cancelled);
        Assert.Equal(ChangeReports.Late, exchange.Mailbox.Reports);
        await http.PutAsJsonAsync(
            $"mailboxes/{Alice}/events/_/corruption?id={Uri.EscapeDataString(id)}",
            new { code = "ErrorItemCorrupt", spoilsViews = true },
            Cancelled);
        Assert.Equal("ErrorItemCorrupt", Code((await exchange.Ask(Ask.GetItem(id, Ask.Fields("item:Subject")))).Single()));
        await http.DeleteAsync($"mailboxes/{Alice}/events/_/corruption?id={Uri.EscapeDataString(id)}", Cancelled);
        Assert.Null(exchange.Mailbox.Find(id)!.Corruption);
        await http.PostAsJsonAsync("faults", new { kind = "stopsBatch", done = 0, after = 1 }, Cancelled);
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.GetFolder())).Single()));
        Assert.Equal("ErrorMailboxStoreUnavailable", Code((await exchange.Ask(Ask.GetFolder())).Single()));
        await http.PutAsJsonAsync($"accounts/{User}/password-expiry", new { expiresAt = now }, Cancelled);
        Assert.Equal(now, exchange.Account.PasswordExpiresAt);
        using var unlocked = await http.PostAsync($"accounts/{User}/unlock", null, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, unlocked.StatusCode);
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}

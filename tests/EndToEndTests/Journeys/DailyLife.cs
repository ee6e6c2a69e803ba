using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>Both sides change, and the admin looks, asks, and plans maintenance.</summary>
internal sealed class DailyLife(Office office)
{
    private readonly CleanSyncClient api = office.Api;

    public async Task ListsTheAccounts()
    {
        await office.Sync();
        var list = await api.Ok(HttpMethod.Get, $"staff?integrationId={office.Integration}");
        Assert.Equal((2, 1, 0), (Number(list, "syncing"), Number(list, "warning"), Number(list, "error")));
        Assert.Equal(Disconnecting.DisplayName, Assert.Single(list["versionColumns"]!.AsArray())!.Text("title"));
        // what needs the admin comes first
        Assert.Equal(["nobody", "anna", "bert"], list["links"]!.AsArray().Select(l => l!.Text("staffId")));
        Assert.All(list["links"]!.AsArray(), l => Assert.Equal(office.Setup.VersionName, l!.Text("exchangeVersion")));
        var warned = Assert.Single((await api.Ok(HttpMethod.Get, "staff?state=Warning"))["links"]!.AsArray())!;
        Assert.Equal(("nobody", "mailbox-not-found"), (warned.Text("staffId"), warned.Text("problem")));
    }

    public async Task SeesEditsOfOutlook()
    {
        office.InOutlook("anna", o => Moved(o, Own("anna", Connecting.Dentist), 11));
        office.Person("anna").Moves(office.CopyOf("anna", 14), Days.Tomorrow.AddHours(15));
        await api.Sync("anna");
        var dentist = (await office.Shown("anna", "ExchangeEvent")).Single(e => e.Text("title") == Connecting.Dentist);
        Assert.Equal(Days.Tomorrow.AddHours(11), dentist["start"]!.GetValue<DateTimeOffset>());
        Assert.Equal(Days.Tomorrow.AddHours(15), (await api.Appointment(office.Booked))["start"]!.GetValue<DateTimeOffset>());
        await office.CopiesAre("bert", 15); // one appointment, whoever moves it
    }

    public async Task SeesABookingArrive()
    {
        await api.Book(Days.Tomorrow.AddHours(18), 1, "bert");
        await office.CopiesAre("bert", 15, 18);
        await office.Sync();
    }

    public async Task AsksWhyAnEventIsNotSynced()
    {
        var why = await api.Ok(HttpMethod.Get, $"staff/anna/why?itemId={Uri.EscapeDataString(Own("anna", Connecting.Free))}");
        var finding = Assert.Single(why["findings"]!.AsArray())!;
        Assert.Equal((false, "free-busy-free"), (finding["synced"]!.GetValue<bool>(), finding.Text("rule")));
        Assert.NotEmpty(finding.Text("whatToDo"));
    }

    /// <summary>Planned maintenance: both sides change, nothing is sent, and afterwards each change is there once.</summary>
    public async Task PausesAndResumes()
    {
        Assert.Equal(
            "Paused",
            (await api.Ok(HttpMethod.Post, $"integrations/{office.Integration}/pause", new { reason = "Exchange is updated" }))
                .Text("status"));
        office.Contoso.Exchange.Requests.Clear();
        office.InOutlook("anna", o => o.Adds(new EventDraft("Meanwhile", Days.Tomorrow.AddHours(12), Days.Tomorrow.AddHours(13))));
        await api.Move(office.Booked, Days.Tomorrow.AddHours(16));
        await api.Book(Days.Tomorrow.AddHours(19), 1, "anna");
        Assert.Equal("urn:cleansync:integration-is-paused", (await api.TrySync("anna")).Body!.Text("type"));
        Assert.Empty(office.Contoso.Exchange.Requests.All);

        Assert.Equal("Active", (await api.Ok(HttpMethod.Post, $"integrations/{office.Integration}/resume")).Text("status"));
        await office.CopiesAre("anna", 16, 19);
        await office.CopiesAre("bert", 16, 18);
        await office.Sync();
        Assert.Equal(Connecting.AnnasEvents + 1, (await office.Shown("anna", "ExchangeEvent")).Count);
        Assert.Single(await office.Shown("anna", "ExchangeEvent"), e => e.Text("title") == "Meanwhile");
    }

    public async Task ReplacesThePassword()
    {
        var (settings, failed) = (await api.Settings(office.Integration), office.Contoso.Account.FailedLogons);
        settings["password"] = office.Passwords.Wrong;
        var (_, problem) = await api.TryChange(office.Integration, settings);
        Assert.Equal("urn:cleansync:new-password-is-refused", problem!.Text("type"));
        Assert.Equal("Active", (await api.Integration(office.Integration)).Text("status"));
        await office.Sync();
        Assert.Equal(failed + 1, office.Contoso.Account.FailedLogons);

        settings["password"] = office.Contoso.Account.Password = office.Passwords.New;
        Assert.Equal("Active", (await api.Ok(HttpMethod.Put, $"integrations/{office.Integration}", settings)).Text("status"));
        office.Contoso.Exchange.Requests.Clear();
        await office.Sync();
        // no resync
        Assert.Equal((0, failed + 1), (office.Contoso.Exchange.Requests.Count("FindItem"), office.Contoso.Account.FailedLogons));
    }

    public async Task ReadsAllAgain()
    {
        var (exchange, shown) = (office.Everything(), await Shown());
        await api.Ok(HttpMethod.Post, $"integrations/{office.Integration}/resync");
        await Eventually.Until("both calendars are read again", async () => Number(await Progress(), "readAgain") == 2, office.Ct);
        Assert.Equal("nobody", Assert.Single((await Progress())["waiting"]!.AsArray())!.Text("staffId"));
        await office.Sync();
        Assert.Equal(exchange, office.Everything());
        Assert.Equal(shown, await Shown());
    }

    public async Task HidesTitles()
    {
        var settings = await api.Settings(office.Integration);
        settings["showEventTitles"] = false;
        await api.Ok(HttpMethod.Put, $"integrations/{office.Integration}", settings);
        Assert.All(await office.Shown("anna", "ExchangeEvent"), e => Assert.Equal("Busy", e.Text("title")));
        Assert.All(await office.Shown("anna", "Appointment"), e => Assert.Equal("Haircut", e.Text("title")));
        Assert.All(office.Host.Data.Files(), file => Assert.True(file.Bytes.AsSpan().IndexOf("Dentist-4711"u8) < 0, file.File));
    }

    private Task<JsonNode> Progress() => api.Ok(HttpMethod.Get, $"integrations/{office.Integration}/resync");

    private async Task<string> Shown() =>
        string.Join('\n', (await office.Shown("anna", "ExchangeEvent")).Concat(await office.Shown("anna", "Appointment"))
            .Concat(await office.Shown("bert", "ExchangeEvent")).Concat(await office.Shown("bert", "Appointment"))
        .Select(e => $"{e["id"]} {e["title"]} {e["start"]} {e["end"]} {e["isAllDay"]}"));

    private string Own(string staff, string subject) =>
        office.Contoso.Exchange.Organisation.Mailbox(Organisation.Address(staff)).Calendar.Single(i => i.Fields.Subject == subject).ItemId;

    private static string Moved(Person person, string id, double hour)
    {
        person.Moves(id, Days.Tomorrow.AddHours(hour));
        return id;
    }

    private static int Number(JsonNode node, string member) => node[member]!.GetValue<int>();
}

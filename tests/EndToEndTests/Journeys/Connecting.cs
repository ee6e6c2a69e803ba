using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>From an account that is known to both sides being filled.</summary>
internal sealed class Connecting(Office office)
{
    public const string Dentist = "Dentist-4711", Free = "Birthday of a friend";

    /// <summary>Events of anna that count: an appointment, a series of three, a whole day, two days and more, and a private one.</summary>
    public const int AnnasEvents = 7;

    private readonly CleanSyncClient api = office.Api;

    public async Task ChoosesAVersion()
    {
        var list = await api.Ok(HttpMethod.Get, "integrations/versions");
        Assert.Equal(Setup.Versions, list["versions"]!.AsArray().Select(v => v!.Text("value")));
        Assert.Equal(
            office.Setup.VersionName, list["versions"]!.AsArray().Single(v => v!.Text("value") == office.Setup.Version)!.Text("name"));
        Assert.Equal(2, list["notes"]!.AsArray().Count);
    }

    public async Task FindsTheAddress()
    {
        office.Entered = new JsonObject
        {
            ["userName"] = DiscoverableExchange.User,
            ["password"] = office.Contoso.Account.Password,
            ["authentication"] = office.Setup.Scheme,
            ["exchangeVersion"] = office.Setup.Version,
            ["authorityCertificates"] = office.Contoso.Authority,
        };
        var report = await api.Ok(HttpMethod.Post, "server-discoveries", office.Entered.DeepClone());
        Assert.Equal("https://mail.contoso.example/EWS/Exchange.asmx", report.Text("serverAddress"));
        office.Entered["serverAddress"] = report.Text("serverAddress");
    }

    public async Task LooksBeforeSaving()
    {
        (
            office.Entered["displayName"],
            office.Entered["useImpersonation"],
            office.Entered["showEventTitles"]) = (Disconnecting.DisplayName, office.Setup.Impersonates, true);
        (office.Entered["horizonMonths"], office.Entered["reminderMinutes"]) = (12, 15);
        var question = office.Entered.DeepClone();
        question["mailboxes"] = new JsonArray(Organisation.Address("anna"), Organisation.Address("bert"));
        var report = await api.Ok(HttpMethod.Post, "integrations/diagnosis", question);
        Assert.Null(report["cause"]);
        Assert.DoesNotContain("Failed", report["steps"]!.AsArray().Select(s => s!.Text("state")));
        Assert.Equal("Passed", report["steps"]!.AsArray().Single(s => s!.Text("name") == "StaffRights")!.Text("state"));
        Assert.Empty((await api.Ok(HttpMethod.Get, "integrations")).AsArray());
    }

    public async Task Connects()
    {
        office.Booked = await api.Book(Days.Tomorrow.AddHours(14), 1, "anna", "bert");
        StaffMadeBefore();
        var connected = await api.Ok(HttpMethod.Post, "integrations", office.Entered.DeepClone());
        Assert.Equal("Draft", connected.Text("status"));
        office.Integration = connected["id"]!.GetValue<Guid>();
    }

    public async Task LinksThreeStaff()
    {
        foreach (var member in new[] { "anna", "bert", "nobody" })
        {
            Assert.True((await api.Link(office.Integration, member))["enabled"]!.GetValue<bool>());
        }
    }

    public async Task Previews()
    {
        var before = office.Everything();
        var preview = await api.Ok(HttpMethod.Post, $"integrations/{office.Integration}/preview");
        var staff = preview["staff"]!.AsArray().ToDictionary(s => s!.Text("staffId"), s => s!);
        Assert.Equal((AnnasEvents, 1), Estimate(staff["anna"]));
        Assert.Equal((1, 1), Estimate(staff["bert"]));
        Assert.Equal("mailbox-not-found", staff["nobody"].Text("problem"));
        Assert.Equal(before, office.Everything());
    }

    public async Task Authorizes()
    {
        var report = await api.Authorize(office.Integration);
        Assert.Equal(("Active", true), (report["integration"]!.Text("status"), report["accountHasMailbox"]!.GetValue<bool>()));
        var staff = report["staff"]!.AsArray().ToDictionary(s => s!.Text("staffId"), s => s!);
        Assert.Equal(("Warning", "mailbox-not-found"), (staff["nobody"].Text("state"), staff["nobody"].Text("problem")));
        Assert.Contains(Organisation.Address("nobody"), staff["nobody"].Text("reason"), StringComparison.Ordinal);
        foreach (var member in new[] { "anna", "bert" })
        {
            Assert.Equal(
                ("Syncing", null, 1),
                (staff[member].Text("state"), staff[member]["problem"], staff[member]["appointmentsToWrite"]!.GetValue<int>()));
            Assert.Equal(office.Setup.Impersonates, staff[member]["note"] is null); // what Author does not cover
        }
    }

    public async Task SeesBothSidesFilled()
    {
        foreach (var member in new[] { "anna", "bert" }) await office.CopiesAre(member, 14);
        foreach (var (member, many) in new[] { ("anna", AnnasEvents), ("bert", 1) })
            await Eventually.Until(
                $"{member}'s events are in the API", async () => (await office.Shown(member, "ExchangeEvent")).Count == many, office.Ct);
        var titles = (await office.Shown("anna", "ExchangeEvent")).ConvertAll(e => e.Text("title"));
        Assert.Equal(["Busy", Dentist, "Fair", "Holiday", "Stand-up", "Stand-up", "Stand-up"], titles.Order(StringComparer.Ordinal));
        await Eventually.Until(
            "the receipts say so",
            async () => (await api.Appointment(office.Booked))["copies"]!.AsArray().All(c => c!.Text("state") is "Written" or "Confirmed"),
            office.Ct);
    }

    private void StaffMadeBefore()
    {
        var day = Days.Tomorrow;
        office.InOutlook("anna", o => o.Adds(new EventDraft(Dentist, day.AddHours(9), day.AddHours(10)) { Location = "Practice" }));
        office.InOutlook(
            "anna", o => o.AddsSeries(new EventDraft("Stand-up", day.AddHours(7), day.AddHours(7.5)), new DailyPattern(1), occurrences: 3));
        var holiday = LocalMidnight(5);
        office.InOutlook(
            "anna", o => o.Adds(new EventDraft("Holiday", holiday, LocalMidnight(6)) { IsAllDay = true, FreeBusy = FreeBusy.OOF }));
        office.InOutlook(
            "anna",
            o => o.Adds(
                new EventDraft("Fair", day.AddDays(8).AddHours(8), day.AddDays(10).AddHours(17)) { FreeBusy = FreeBusy.Tentative }));
        office.InOutlook(
            "anna",
            o => o.Adds(new EventDraft("Divorce-lawyer-0815", day.AddHours(17), day.AddHours(18)) { Sensitivity = Sensitivity.Private }));
        office.InOutlook("anna", o => o.Adds(new EventDraft(Free, day.AddHours(20), day.AddHours(21)) { FreeBusy = FreeBusy.Free }));
        office.InOutlook("bert", o => o.Adds(new EventDraft("Inventory", day.AddHours(9), day.AddHours(12))));
    }

    /// <summary>In the zone of the mailboxes.</summary>
    private static DateTimeOffset LocalMidnight(int days)
    {
        var date = Days.Tomorrow.Date.AddDays(days);
        return new DateTimeOffset(date, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin").GetUtcOffset(date));
    }

    private static (int, int) Estimate(JsonNode staff) =>
        (staff["firstSync"]!["eventsToAppear"]!.GetValue<int>(), staff["firstSync"]!["appointmentsToWrite"]!.GetValue<int>());
}

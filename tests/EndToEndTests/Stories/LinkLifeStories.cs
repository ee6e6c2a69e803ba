using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>What happens to a link when its mailbox, its calendar or its switch changes.</summary>
public sealed class LinkLifeStories
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_that_opens_another_calendar_than_before_is_read_anew_with_a_warning_and_gets_the_appointments()
    {
        await using var exchange = await Organisation.Start("anna", "annette");
        await using var host = new CleanSyncHost().With("Scheduling:CleanUpInterval", "00:00:01");
        var (api, integration) = await Linked(host, exchange);
        exchange.Outlook("anna").Adds(new EventDraft("Old mailbox", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        exchange.Outlook("annette").Adds(new EventDraft("New mailbox", Tomorrow.AddHours(11), Tomorrow.AddHours(12)));
        await api.Book(Tomorrow.AddHours(14), 1, "anna");
        await api.Sync("anna");
        await Eventually.Until("the appointment is in the old mailbox", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);

        await api.Link(integration, "anna", Organisation.Address("annette"));
        await api.Sync("anna");
        Assert.Equal(["New mailbox", "Haircut"], await Titles(api));
        await Eventually.Until("the appointment is in the new mailbox", () => exchange.Mailbox("annette").Calendar.Count == 2, ct);
        await Eventually.Until("the appointment is gone from the old mailbox", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        Assert.Equal("Old mailbox", exchange.Mailbox("anna").Calendar[0].Fields.Subject);
        await Eventually.Until(
            "nothing is left to remove", async () => (await api.Staff("anna"))["formerCopies"]!.GetValue<int>() == 0, ct);
        Assert.Contains(
            "calendar-was-replaced", (await api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_others_are_invited_to_and_a_series_stay_in_a_calendar_that_was_left_and_a_warning_says_why()
    {
        await using var exchange = await Organisation.Start("anna", "annette");
        await using var host = new CleanSyncHost().With("Scheduling:CleanUpInterval", "00:00:01");
        var (api, integration) = await Linked(host, exchange);
        foreach (var hour in new[] { 9, 12, 15 }) await api.Book(Tomorrow.AddHours(hour), 1, "anna");
        await Eventually.Until("the appointments are there", () => exchange.Mailbox("anna").Calendar.Count == 3, ct);
        await api.Sync("anna");
        var items = exchange.Mailbox("anna").Calendar.OrderBy(i => i.Fields.Start).Select(i => i.ItemId).ToList();
        exchange.Outlook("anna").Invites(items[0], "guest@fabrikam.example");
        exchange.Outlook("anna").TurnsIntoSeries(items[1], new DailyPattern(1), occurrences: 3);

        await api.Link(integration, "anna", Organisation.Address("annette"));
        await api.Sync("anna");
        await Eventually.Until(
            "nothing waits to be removed", async () => (await api.Staff("anna"))["formerCopies"]!.GetValue<int>() == 0, ct);
        Assert.Equal([items[0], items[1]], exchange.Mailbox("anna").Calendar.Select(i => i.ItemId).Order(StringComparer.Ordinal));
        var reasons = (await api.Staff("anna"))["warnings"]!.AsArray().Where(w => w!["code"]!.GetValue<string>() == "former-item-stays")
            .Select(w => w!["reason"]!.GetValue<string>()).ToList();
        Assert.Equal(2, reasons.Count);
        Assert.Contains(
            reasons,
            r => r.Contains("invited others", StringComparison.Ordinal) && r.Contains("anna@contoso.example", StringComparison.Ordinal));
        Assert.Contains(reasons, r => r.Contains("made a series", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_address_of_the_same_calendar_moves_nothing_and_both_sides_go_on()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, integration) = await Linked(host, exchange);
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        await api.Book(Tomorrow.AddHours(14), 1, "anna");
        await Eventually.Until("the appointment is in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");
        var before = exchange.Mailbox("anna").Calendar.Select(e => (e.ItemId, e.ChangeKey)).ToList();

        exchange.Exchange.Organisation.AddAddress(Organisation.Address("anna"), Organisation.Address("anna.renamed"));
        exchange.Exchange.Requests.Clear();
        await api.Link(integration, "anna", Organisation.Address("anna.renamed"));
        await api.Sync("anna");
        Assert.Equal(["GetFolder", "SyncFolderItems"], exchange.Exchange.Requests.Calls.Select(c => c.Operation).Distinct());
        Assert.Equal(before, exchange.Mailbox("anna").Calendar.Select(e => (e.ItemId, e.ChangeKey)));
        var staff = await api.Staff("anna");
        Assert.Equal(
            (Organisation.Address("anna.renamed"), 0), (staff["mailboxAddress"]!.GetValue<string>(), staff["warnings"]!.AsArray().Count));

        exchange.Outlook("anna").Adds(new EventDraft("Lunch", Tomorrow.AddHours(12), Tomorrow.AddHours(13)));
        await api.Book(Tomorrow.AddHours(16), 1, "anna");
        await api.Sync("anna");
        Assert.Equal(["Dentist", "Lunch", "Haircut", "Haircut"], await Titles(api));
        Assert.Equal(4, exchange.Mailbox("anna").Calendar.Count);
    }

    [Fact]
    public async Task Switched_off_nothing_moves_and_switched_on_it_catches_up()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, _) = await Linked(host, exchange);
        await api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Keep" });
        exchange.Outlook("anna").Adds(new EventDraft("Meanwhile", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        await api.Book(Tomorrow.AddHours(14), 1, "anna");
        Assert.Equal("urn:cleansync:link-is-disabled", (await api.TrySync("anna")).Body!["type"]!.GetValue<string>());
        Assert.Single(exchange.Mailbox("anna").Calendar);

        await api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = true });
        await api.Sync("anna");
        Assert.Equal(["Meanwhile", "Haircut"], await Titles(api));
        Assert.Equal(2, exchange.Mailbox("anna").Calendar.Count);
    }

    [Fact]
    public async Task Switched_off_with_its_copies_removed_only_what_staff_made_stays_and_switched_on_the_appointments_come_back_once()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost();
        var (api, integration) = await Linked(host, exchange);
        await api.Link(integration, "bert");
        await api.Sync("bert");
        var own = exchange.Outlook("anna").Adds(new EventDraft("Own", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        var shared = await api.Book(Tomorrow.AddHours(14), 1, "anna", "bert");
        await Eventually.Until(
            "both have it", () => exchange.Mailbox("anna").Calendar.Count == 2 && exchange.Mailbox("bert").Calendar.Count == 1, ct);

        var (status, refused) = await api.Send(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false });
        Assert.Equal((System.Net.HttpStatusCode.BadRequest, true), (status, refused!["errors"]!.AsObject().ContainsKey("copies")));
        await api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Remove" });
        await Eventually.Until("anna's copy is gone", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        Assert.Contains(own, exchange.Mailbox("anna").Calendar.Select(i => i.ItemId));
        var booked = await api.Appointment(shared);
        Assert.Equal(("Booked", 2), (booked["status"]!.GetValue<string>(), booked["staffIds"]!.AsArray().Count));
        await api.Move(shared, Tomorrow.AddHours(16));
        await api.Book(Tomorrow.AddHours(18), 1, "anna");
        await Eventually.Until("nothing is to be pushed", async () => (await api.Staff("anna"))["pendingPushes"]!.GetValue<int>() == 0, ct);
        Assert.Single(exchange.Mailbox("anna").Calendar);
        Assert.Single(exchange.Mailbox("bert").Calendar);

        await api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = true });
        await Eventually.Until("both appointments are back", () => exchange.Mailbox("anna").Calendar.Count == 3, ct);
        await api.Sync("anna");
        Assert.Contains(Tomorrow.AddHours(16), exchange.Mailbox("anna").Calendar.Select(i => i.Fields.Start));
        Assert.Equal(3, exchange.Mailbox("anna").Calendar.Count);
    }

    [Fact]
    public async Task A_staff_member_moved_to_another_integration_keeps_the_appointments_once_and_sees_the_new_calendar()
    {
        await using var before = await Organisation.Start("anna");
        await using var after = await Organisation.Start("annette");
        await using var host = new CleanSyncHost().With("Scheduling:CleanUpInterval", "00:00:01");
        var (api, _) = await Linked(host, before);
        before.Outlook("anna").Adds(new EventDraft("At the old server", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        after.Outlook("annette").Adds(new EventDraft("At the new server", Tomorrow.AddHours(11), Tomorrow.AddHours(12)));
        var booked = await api.Book(Tomorrow.AddHours(14), 1, "anna");
        await api.Sync("anna");
        await Eventually.Until("the appointment is in the old mailbox", () => before.Mailbox("anna").Calendar.Count == 2, ct);

        var second = await api.Connect(after.Exchange.EwsUrl);
        await api.Authorize(second);
        await api.Link(second, "anna", Organisation.Address("annette"));
        await api.Sync("anna");
        await Eventually.Until("the appointment is in the new mailbox", () => after.Mailbox("annette").Calendar.Count == 2, ct);
        await Eventually.Until("the appointment is gone from the old mailbox", () => before.Mailbox("anna").Calendar.Count == 1, ct);
        await api.Sync("anna");
        Assert.Equal(["At the new server", "Haircut"], await Titles(api));
        Assert.Equal("Booked", (await api.Appointment(booked))["status"]!.GetValue<string>());
        after.Outlook("annette")
            .Moves(after.Mailbox("annette").Calendar.Single(i => i.Fields.Subject == "Haircut").ItemId, Tomorrow.AddHours(16));
        await api.Sync("anna");
        Assert.Equal(Tomorrow.AddHours(16), (await api.Appointment(booked))["start"]!.GetValue<DateTimeOffset>());
        Assert.Equal(2, after.Mailbox("annette").Calendar.Count);
    }

    [Fact]
    public async Task A_staff_member_linked_late_gets_the_appointments_booked_before()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost();
        var (api, integration) = await Linked(host, exchange);
        await api.Book(Tomorrow.AddHours(14), 1, "anna", "bert");
        await api.Link(integration, "bert");
        await api.Sync("bert");
        Assert.Single(exchange.Mailbox("bert").Calendar);
    }

    private async Task<(CleanSyncClient Api, Guid Integration)> Linked(CleanSyncHost host, Organisation exchange)
    {
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna");
        return (api, integration);
    }

    private static async Task<List<string>> Titles(CleanSyncClient api) =>
        [.. (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Select(e => e["title"]!.GetValue<string>())];
}

using System.Net;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>
/// An integration is taken out of both sides: what staff made stays, what CleanSync made goes, what is doubtful is listed.
/// </summary>
public sealed class DisconnectStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact, OnBothDatabases]
    public async Task It_asks_first_with_numbers_then_removes_what_it_made_and_is_gone()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var (api, integration) = await Linked(host, exchange, "anna", "bert");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        var staffMade = exchange.Snapshot("anna", "bert");
        var booked = await Booked(api, exchange, 14, "anna", "bert");
        await api.Sync("anna");

        var (status, would) = await api.Send(HttpMethod.Post, $"integrations/{integration}/disconnect", new { });
        Assert.Equal(
            (HttpStatusCode.OK, "AwaitsConfirmation", 1, 2),
            (status, would!["state"]!.GetValue<string>(), would["exchangeEvents"]!.GetValue<int>(), would["items"]!.GetValue<int>()));
        Assert.Equal(
            [("anna", 1, 1), ("bert", 0, 1)],
            would["staff"]!.AsArray()
                .Select(s => (s!["staffId"]!.GetValue<string>(), s["exchangeEvents"]!.GetValue<int>(), s["items"]!.GetValue<int>())));
        var (refused, problem) = await api.Send(HttpMethod.Post, $"integrations/{integration}/disconnect", new { displayName = "Another" });
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:display-name-differs"), (refused, problem!["type"]!.GetValue<string>()));
        Assert.Equal("Active", (await api.Integration(integration))["status"]!.GetValue<string>());

        await api.Disconnect(integration);
        var report = await api.Ends(integration, ct);
        Assert.Equal(
            (1, 2, 2, 0),
            (
                report["exchangeEvents"]!.GetValue<int>(),
                report["items"]!.GetValue<int>(),
                report["removed"]!.GetValue<int>(),
                report["waiting"]!.GetValue<int>()));
        Assert.Empty(report.LeftBehind());
        Assert.Equal(staffMade, exchange.Snapshot("anna", "bert"));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send(HttpMethod.Get, $"integrations/{integration}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send(HttpMethod.Get, "staff/anna")).Status);
        Assert.Equal(
            ("Booked", 2),
            ((await api.Appointment(booked))["status"]!.GetValue<string>(), (await api.Appointment(booked))["staffIds"]!.AsArray().Count));
        await api.Move(booked, Days.Tomorrow.AddHours(16));
        await api.Book(Days.Tomorrow.AddHours(18), 1, "anna");
        Assert.Equal(staffMade, exchange.Snapshot("anna", "bert"));
    }

    [Fact]
    public async Task Only_single_items_of_ours_without_attendees_are_deleted_and_the_rest_is_listed_with_the_reason()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var (api, integration) = await Linked(host, exchange, "anna");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)));
        foreach (var hour in new[] { 8, 9, 10, 11, 12, 13 }) await Booked(api, exchange, hour, "anna");
        await api.Sync("anna");
        string At(int hour) => exchange.Mailbox("anna").Calendar.Single(i => i.Fields.Start == Days.Tomorrow.AddHours(hour)).ItemId;

        var outlook = exchange.Outlook("anna");
        outlook.Invites(At(8), "guest@fabrikam.example");
        outlook.TurnsIntoSeries(At(9), new DailyPattern(1), occurrences: 3);
        var elsewhere = outlook.MovesToFolder(At(10), "Other Calendar");
        var paste = outlook.Copies(At(11));
        outlook.Moves(paste, Days.Tomorrow.AddHours(20));
        outlook.Deletes(At(12));

        await api.Disconnect(integration);
        var report = await api.Ends(integration, ct);
        Assert.Equal(["has-attendees", "is-a-series", "is-not-in-the-calendar"], report.LeftBehind());
        Assert.All(report["leftBehind"]!.AsArray(), left => Assert.NotNull(left!["appointmentId"]));
        Assert.Equal(
            [6, 8, 9, 20], exchange.Mailbox("anna").Calendar.Select(i => (int)(i.Fields.Start - Days.Tomorrow).TotalHours).Order());
        Assert.Equal("Other Calendar", exchange.Mailbox("anna").Find(elsewhere)!.FolderName);
    }

    [Fact]
    public async Task A_throttled_mailbox_and_one_that_is_closed_hold_up_no_other_and_what_cannot_be_removed_is_listed()
    {
        await using var exchange = await Organisation.Start("anna", "bert", "carl");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1")
            .With("Sync:FirstPause", "00:00:00.05");
        var (api, integration) = await Linked(host, exchange, "anna", "bert", "carl");
        await Booked(api, exchange, 14, "anna", "bert", "carl");
        var busy = exchange.Exchange.Faults.WithholdNext("GetItem", Organisation.Address("anna"));
        exchange.Exchange.Faults.Next(
            new Fault.Response("ErrorServerBusy", BackOffMilliseconds: 300), "DeleteItem", Organisation.Address("anna"));
        exchange.Exchange.Organisation.DenyImpersonation(
            exchange.Exchange.Organisation.Account(Organisation.AccountName), Organisation.Address("carl"));

        await api.Disconnect(integration);
        await Eventually.Until("bert's item is gone", () => exchange.Mailbox("bert").Calendar.Count == 0, ct);
        Assert.Single(exchange.Mailbox("anna").Calendar);
        busy.Release();
        var report = await api.Ends(integration, ct);
        Assert.Empty(exchange.Mailbox("anna").Calendar);
        Assert.Single(exchange.Mailbox("carl").Calendar);
        Assert.Equal(Organisation.Address("carl"), Assert.Single(report["leftBehind"]!.AsArray())!["mailboxAddress"]!.GetValue<string>());
    }

    [Fact]
    public async Task During_a_pass_and_a_push_it_waits_for_what_is_under_way_and_leaves_nothing()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var (api, integration) = await Linked(host, exchange, "anna", "bert");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)));
        var staffMade = exchange.Snapshot("anna", "bert");
        var booked = await Booked(api, exchange, 14, "anna");
        var page = exchange.Exchange.Faults.WithholdNext("SyncFolderItems", Organisation.Address("anna"));
        var create = exchange.Exchange.Faults.WithholdNext("CreateItem", Organisation.Address("bert"));
        var pass = api.TrySync("anna");
        await api.Book(Days.Tomorrow.AddHours(16), 1, "bert");
        await Task.WhenAll(page.Reached.WaitAsync(ct), create.Reached.WaitAsync(ct));

        await api.Disconnect(integration);
        exchange.Outlook("anna").Deletes(exchange.Mailbox("anna").Calendar.Single(i => i.Fields.Subject == "Haircut").ItemId);
        page.Release();
        create.Release();
        await pass;
        Assert.Empty((await api.Ends(integration, ct)).LeftBehind());
        Assert.Equal(staffMade, exchange.Snapshot("anna", "bert"));
        Assert.Equal("Booked", (await api.Appointment(booked))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task With_a_refused_password_it_stops_after_one_logon_and_a_new_one_goes_on()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1")
            .With("Sync:FirstPause", "00:00:00.05");
        var (api, integration) = await Linked(host, exchange, "anna");
        await Booked(api, exchange, 14, "anna");
        var account = exchange.Exchange.Organisation.Account(Organisation.AccountName);
        await Refuse(api, exchange, integration);
        Assert.Equal(1, account.FailedLogons);

        var settings = await api.Settings(integration);
        settings["password"] = "New-Password-8";
        Assert.Equal(
            "Disconnecting", (await api.Ok(HttpMethod.Put, $"integrations/{integration}", settings))["status"]!.GetValue<string>());
        Assert.Empty((await api.Ends(integration, ct)).LeftBehind());
        Assert.Empty(exchange.Mailbox("anna").Calendar);
        Assert.Equal(1, account.FailedLogons);
    }

    [Fact]
    public async Task With_a_password_refused_for_good_it_can_be_finished_without_cleaning_up_and_lists_what_stays()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost().With("Scheduling:IntegrationsHeartbeat", "00:00:00.1");
        var (api, integration) = await Linked(host, exchange, "anna");
        var booked = await Booked(api, exchange, 14, "anna");
        Assert.Equal(
            "urn:cleansync:nothing-is-left-to-finish",
            (await api.Send(HttpMethod.Post, $"integrations/{integration}/disconnection/finish",
                new { displayName = Disconnecting.DisplayName })).Body!["type"]!.GetValue<string>());
        var account = exchange.Exchange.Organisation.Account(Organisation.AccountName);
        await Refuse(api, exchange, integration);

        await api.Ok(HttpMethod.Post, $"integrations/{integration}/disconnection/finish", new { displayName = Disconnecting.DisplayName });
        var report = await api.Ends(integration, ct);
        Assert.Equal(["not-cleaned-up"], report.LeftBehind());
        Assert.Equal(
            (booked, Days.Tomorrow.AddHours(14)),
            (report["leftBehind"]![0]!["appointmentId"]!.GetValue<Guid>(), report["leftBehind"]![0]!["start"]!.GetValue<DateTimeOffset>()));
        Assert.Equal(HttpStatusCode.NotFound, (await api.Send(HttpMethod.Get, $"integrations/{integration}")).Status);
        Assert.Single(exchange.Mailbox("anna").Calendar);
        Assert.Equal(1, account.FailedLogons);
    }

    private async Task Refuse(CleanSyncClient api, Organisation exchange, Guid integration)
    {
        var account = exchange.Exchange.Organisation.Account(Organisation.AccountName);
        account.Password = "New-Password-8";
        exchange.Exchange.Organisation.LockoutAfter = 1; // a definite refusal
        await api.Disconnect(integration);
        await Eventually.Until(
            "the refusal is told",
            async () => (await api.Disconnection(integration))["state"]!.GetValue<string>() == "CredentialRefused",
            ct);
        exchange.Exchange.Organisation.LockoutAfter = null;
        account.Unlock();
    }

    private async Task<Guid> Booked(CleanSyncClient api, Organisation exchange, int hour, params string[] staff)
    {
        var booked = await api.Book(Days.Tomorrow.AddHours(hour), 1, staff);
        await Eventually.Until(
            "it is in Exchange",
            () => staff.All(m => exchange.Mailbox(m).Calendar.Any(i => i.Fields.Subject == "Haircut"
                && i.Fields.Start == Days.Tomorrow.AddHours(hour))),
            ct);
        await Eventually.Until(
            "it is noted",
            async () =>
                (await api.Appointment(booked))["copies"]!.AsArray().All(c => c!["state"]!.GetValue<string>() is "Written" or "Confirmed"),
            ct);
        return booked;
    }

    private async Task<(CleanSyncClient Api, Guid Integration)> Linked(CleanSyncHost host, Organisation exchange, params string[] staff)
    {
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, staff[0], "Basic");
        foreach (var member in staff.Skip(1))
        {
            await api.Link(integration, member);
            await api.Sync(member);
        }

        return (api, integration);
    }
}

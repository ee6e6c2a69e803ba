using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Notifications;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Over real HTTP, and nothing is polled: whatever arrives has come through the notified.</summary>
public sealed class NotificationStories : OfficeStory
{
    private readonly TemporaryFolder data = new();
    private CleanSyncHost host;

    public NotificationStories()
        : base("anna", "bert", "cleo") => host = Notified();

    private NotificationHub Hub => Exchange.Exchange.Organisation.Notifications;

    private protected override CleanSyncHost Host => host;

    private protected override Task Begin() => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        data.Dispose();
    }

    [Theory]
    [InlineData("Ntlm")]
    [InlineData("Basic")]
    public async Task A_change_made_in_Outlook_arrives_through_the_bell(string scheme)
    {
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl, scheme), "anna", "bert");
        Exchange.Outlook("bert").Adds(Event("Dentist"));
        await Shows("bert", "Dentist");
        Assert.Equal(
            ["CleanSync/1.0"],
            Exchange.Exchange.Requests.Calls.Where(c => c.Operation == "GetStreamingEvents").Select(c => c.UserAgent).Distinct());
        Assert.All(
            Exchange.Exchange.Requests.Calls.Where(IsOfTheBell),
            c => Assert.Equal((Organisation.Address("anna"), "true", true), (c.AnchorMailbox, c.PreferServerAffinity, c.Impersonated)));
        Assert.Equal(0, Exchange.Exchange.Organisation.Account(Organisation.AccountName).FailedLogons);
    }

    [Fact]
    public async Task An_appointment_that_was_written_is_confirmed_by_its_own_echo()
    {
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna");
        var booked = await Api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until(
            "the copy is confirmed",
            async () => (await Api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>() == "Confirmed",
            Ct);
    }

    [Fact]
    public async Task Many_changes_at_once_are_few_passes()
    {
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna");
        Exchange.Exchange.Requests.Clear();
        for (var i = 0; i < 40; i++) Exchange.Outlook("anna").Adds(Event($"Event {i}"));
        await Eventually.Until("all have arrived", async () => (await Api.Staff("anna"))["externalEvents"]!.GetValue<int>() == 40, Ct);
        Assert.InRange(Exchange.Exchange.Requests.Count("SyncFolderItems"), 1, 5);
    }

    [Theory]
    [InlineData("delegate", "impersonation would")]
    [InlineData("2010", "2010 SP1")]
    public async Task Delegate_access_and_older_versions_are_polled_and_say_why(string which, string reason)
    {
        foreach (var staff in new[] { "anna" })
        {
            Exchange.Exchange.Organisation.GrantFolderRights(
                Exchange.Exchange.Organisation.Account(Organisation.AccountName), Organisation.Address(staff), FolderLevel.Editor);
        }
        var integration = which == "delegate"
            ? await Api.Connect(Exchange.Exchange.EwsUrl, impersonation: false)
            : await Api.Connect(Exchange.Exchange.EwsUrl, version: "Exchange2010");
        await Begin(integration, "anna");
        await Eventually.Until(
            "it says why",
            async () => (await Notifications("anna"))["reason"]?.GetValue<string>().Contains(reason, StringComparison.Ordinal) == true,
            Ct);
        Assert.Equal(("Polling", 0), (await Mode("anna"), Exchange.Exchange.Requests.Count("Subscribe")));
    }

    [Fact]
    public async Task A_mailbox_that_is_refused_a_subscription_is_polled_and_the_others_are_listened_to()
    {
        Exchange.Exchange.Faults.Next(new Fault.Response("ErrorExceededSubscriptionCount"), "Subscribe", Organisation.Address("bert"));
        await Begin(await Api.Connect(Exchange.Exchange.EwsUrl), "anna", "bert");
        await Mode("anna", "Streaming");
        await Eventually.Until(
            "bert is polled, and it says why",
            async () =>
                (await Notifications("bert"))["reason"]?.GetValue<string>()
                    .Contains("ErrorExceededSubscriptionCount", StringComparison.Ordinal) == true,
            Ct);
        await Mode("anna", "Streaming");
    }

    [Fact]
    public async Task After_a_break_that_swallowed_a_change_every_calendar_is_read()
    {
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna", "bert");
        Hub.MuteAll(); // the change is told into a dead network
        Exchange.Outlook("anna").Adds(Event("Swallowed"));
        Hub.AbortAll();
        await Shows("anna", "Swallowed");
        await Eventually.Until("both are heard again", () => Hub.HeardSubscriptions == 2, Ct);
    }

    [Fact]
    public async Task A_silent_connection_is_given_up_and_opened_anew()
    {
        Hub.Heartbeat = TimeSpan.FromMilliseconds(100);
        await Relaunch(("Notifications:Silence", "00:00:01"));
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna");
        Hub.MuteAll();
        Exchange.Outlook("anna").Adds(Event("Swallowed"));
        await Shows("anna", "Swallowed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subscription_that_is_lost_is_made_anew_and_its_calendar_read(bool staysOpen)
    {
        Hub.StaysOpenWithBadIds = staysOpen;
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna", "bert");
        Hub.MuteAll();
        Hub.MoveToAnotherServer(Organisation.Address("bert")); // nobody hears of it
        Exchange.Outlook("bert").Adds(Event("Moved"));
        Hub.AbortAll();
        await Shows("bert", "Moved");
        await Eventually.Until("both are heard again", () => Hub.HeardSubscriptions == 2, Ct);
        Assert.Equal([Organisation.Address("anna"), Organisation.Address("bert")], Hub.SubscribedMailboxes);
    }

    [Fact]
    public async Task A_connection_that_Exchange_closes_is_opened_again_with_the_same_subscriptions()
    {
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna", "bert");
        Exchange.Exchange.Requests.Clear();
        Hub.CloseAll();
        await Eventually.Until("both are heard again", () => Hub.HeardSubscriptions == 2, Ct);
        Exchange.Outlook("anna").Adds(Event("After"));
        await Shows("anna", "After");
        Assert.Equal((0, 1), (Exchange.Exchange.Requests.Count("Subscribe"), Exchange.Exchange.Requests.Count("GetStreamingEvents")));
    }

    [Fact]
    public async Task A_password_that_is_refused_stops_listening_and_is_tried_once()
    {
        var integration = await Api.Connect(Exchange.Exchange.EwsUrl);
        await Listen(integration, "anna", "bert");
        var account = Exchange.Exchange.Organisation.Account(Organisation.AccountName);
        account.Password = "New-Horse-8";
        Exchange.Exchange.Organisation.LockoutAfter = 1; // a definite refusal
        Hub.AbortAll(); // the next connection has to log on
        await Eventually.Until(
            "the integration has stopped",
            async () => (await Api.Ok(HttpMethod.Get, $"integrations/{integration}"))["status"]!.GetValue<string>() == "CredentialRefused",
            Ct);
        await Eventually.Until(
            "it is shown",
            async () =>
                (await Notifications("bert"))["reason"]?.GetValue<string>().Contains("CredentialRefused", StringComparison.Ordinal) == true,
            Ct);
        Assert.Equal((1, 0), (account.FailedLogons, Hub.OpenConnections));
    }

    [Fact]
    public async Task A_restart_listens_again_and_leaves_no_subscription_behind()
    {
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna", "bert");
        await Host.DisposeAsync();
        Assert.Empty(Hub.SubscribedMailboxes);
        Exchange.Outlook("anna").Adds(Event("Meanwhile"));
        Launch();
        await Shows("anna", "Meanwhile");
        Assert.Equal([Organisation.Address("anna"), Organisation.Address("bert")], Hub.SubscribedMailboxes);
    }

    [Fact]
    public async Task Who_is_switched_off_leaves_and_who_is_switched_on_comes_back()
    {
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna", "bert");
        await Api.Ok(HttpMethod.Put, "staff/bert/link/enabled", new { enabled = false, copies = "Keep" });
        await Eventually.Until("bert has left", () => Hub.SubscribedMailboxes is [var left] && left == Organisation.Address("anna"), Ct);
        await Mode("bert", "Polling");
        await Api.Ok(HttpMethod.Put, "staff/bert/link/enabled", new { enabled = true });
        await Mode("bert", "Streaming");
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Keep" }); // the anchor
        await Eventually.Until(
            "bert has a group of his own",
            () => Hub.SubscribedMailboxes is [var left] && left == Organisation.Address("bert") && Hub.HeardSubscriptions == 1,
            Ct);
    }

    [Fact]
    public async Task Who_is_given_another_mailbox_is_listened_to_there()
    {
        var integration = await Api.Connect(Exchange.Exchange.EwsUrl);
        await Listen(integration, "anna", "bert");
        await Api.Link(integration, "bert", Organisation.Address("cleo"));
        await Api.TrySync("bert");
        await Eventually.Until(
            "cleo is heard",
            () => Hub.SubscribedMailboxes.SequenceEqual([Organisation.Address("anna"), Organisation.Address("cleo")])
                && Hub.HeardSubscriptions == 2,
            Ct);
    }

    [Fact]
    public async Task Mailboxes_beyond_the_size_of_a_group_get_a_connection_of_their_own()
    {
        await Relaunch(("Notifications:GroupSize", "2"));
        await Listen(await Api.Connect(Exchange.Exchange.EwsUrl), "anna", "bert", "cleo");
        await Eventually.Until("there are two connections", () => Hub is { OpenConnections: 2, HeardSubscriptions: 3 }, Ct);
        Exchange.Outlook("cleo").Adds(Event("Second group"));
        await Shows("cleo", "Second group");
    }

    private static bool IsOfTheBell(ExchangeSimulator.Journal.EwsRequestRecord call) =>
        call.Operation is "Subscribe" or "GetStreamingEvents";

    private static EventDraft Event(string title) => new(title, Tomorrow.AddHours(9), Tomorrow.AddHours(10));

    private CleanSyncHost Notified(params (string Setting, string Value)[] more)
    {
        var notified = new CleanSyncHost(data).With("Notifications:Enabled", "true")
            .With("Notifications:Review", "00:00:00.2")
            .With("Sync:PollInterval", "01:00:00")
            .With("Sync:PollIntervalWhenStreaming", "01:00:00");
        foreach (var (setting, value) in more) notified.With(setting, value);
        return notified;
    }

    private void Launch(params (string Setting, string Value)[] more)
    {
        host = Notified(more);
        Api = host.Client(Ct);
    }

    private async Task Relaunch(params (string Setting, string Value)[] more)
    {
        await Host.DisposeAsync();
        Launch(more);
    }

    private async Task Begin(Guid integration, params string[] staff)
    {
        foreach (var member in staff) await Api.Link(integration, member);
        await Api.Authorize(integration);
        foreach (var member in staff) await Api.Sync(member);
    }

    private async Task Listen(Guid integration, params string[] staff)
    {
        await Begin(integration, staff);
        foreach (var member in staff) await Mode(member, "Streaming");
        // The pass that follows each opening comes before what the test does.
        await Eventually.Until(
            "every calendar was read after the opening",
            () => staff.All(s => Exchange.Exchange.Requests.Calls.Count(c => c.Operation == "SyncFolderItems"
                && c.Mailbox == Organisation.Address(s)) >= 2),
            Ct);
    }

    private Task Shows(string staff, string title) =>
        Eventually.Until(
            $"{title} is shown",
            async () => (await Api.Calendar(staff, Tomorrow, Tomorrow.AddDays(1))).Any(e => e["title"]?.GetValue<string>() == title),
            Ct);

    private Task Mode(string staff, string mode) => Eventually.Until($"{staff} is {mode}", async () => await Mode(staff) == mode, Ct);

    private async Task<string> Mode(string staff) => (await Notifications(staff))["mode"]!.GetValue<string>();

    private async Task<JsonNode> Notifications(string staff) => (await Api.Staff(staff))["notifications"]!;
}

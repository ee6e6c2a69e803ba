using System.Net;
using System.Text.Json.Nodes;
using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>
/// What nobody foresaw is told like any other failure: in the list, in the log once, to whoever watches, and never in silence.
/// </summary>
public sealed class UnhandledExceptionStories : IAsyncLifetime
{
    private const string Stack = "No space left on device";
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private bool passwordsThrow;
    private FaultyOffice office = null!;

    private CleanSyncHost Host => office.Host;

    private CleanSyncClient Api => office.Api;

    private BrokenStore SyncStore => office.SyncStore;

    public async ValueTask InitializeAsync() => office = await FaultyOffice.Open(
        ct, services => services.AddTransient<IPasswordExpirySource>(_ => new Passwords(() => passwordsThrow)));

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_surprise_in_a_pass_is_shown_in_the_list_logged_once_with_its_stack_and_told_once_each_way()
    {
        office.Exchange.Outlook("anna").Adds(new EventDraft("Dentist", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        SyncStore.Breaks = entry => entry.Lease is not null; // a pass's own commit, and not the link's failure
        for (var i = 0; i < 3; i++)
        {
            var (status, problem) = await Api.TrySync("anna");
            Assert.Equal((HttpStatusCode.InternalServerError, "urn:cleansync:unexpected"), (status, Text(problem!, "type")));
        }

        var shown = (await Api.Ok(HttpMethod.Get, "staff?state=Error"))["links"]![0]!;
        Assert.Equal(("anna", "unexpected"), (Text(shown, "staffId"), Text(shown, "problem")));
        var run = (await Api.Ok(HttpMethod.Get, "staff/anna/runs"))["runs"]![0]!;
        Assert.Equal("unexpected", Text(run, "problem"));
        Assert.Contains(Text(run, "passId"), Text(shown, "reason"), StringComparison.Ordinal);
        Assert.Equal(("Error", "unexpected"), await office.Calendar());
        Assert.Single(Host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
        Assert.Contains(Host.Logs.Lines, l => l.Contains(Text(run, "passId"), StringComparison.Ordinal)
            && l.Contains("the 3. unhandled exception in a row", StringComparison.Ordinal));

        var tries = SyncStore.Tries;
        for (var beat = 0; beat < 5; beat++) await Host.Send(new QueueDueCalendars(), ct);
        Assert.Equal(tries, SyncStore.Tries); // it waits, longer each time

        SyncStore.Breaks = _ => false;
        await Api.Sync("anna");
        await Api.Sync("anna");
        Assert.Equal(("Syncing", null), await office.Calendar());
        Assert.Equal(["Staff member anna is in error: unexpected", "Staff member anna is no longer in error"], office.Alerts());
        await EveryLineOfAPassCarriesItAndNoneNamesTheLink(Text(run, "passId"));
    }

    [Fact]
    public async Task What_cannot_even_be_stored_waits_in_memory_is_logged_once_and_goes_on_by_itself_or_when_asked()
    {
        await Host.Services.GetRequiredService<IMediator>().Send(new RecheckStaffLink("anna"), ct); // due
        SyncStore.Breaks = _ => true;
        for (var beat = 0; beat < 5; beat++) await Host.Send(new QueueDueCalendars(), ct);
        Assert.Equal(2, SyncStore.Tries); // the pass, and its failure
        await Api.TrySync("anna");
        Assert.Equal(4, SyncStore.Tries); // somebody asks, and the log counts
        Assert.Single(Host.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains(Stack, StringComparison.Ordinal));
        SyncStore.Breaks = _ => false;
        await Api.Sync("anna");
        Assert.Equal("Syncing", Text(await Api.Staff("anna"), "state"));
    }

    [Fact]
    public async Task A_surprise_in_a_push_is_shown_with_the_copy_and_with_its_link()
    {
        SyncStore.Breaks = entry => entry.Keep.Any(e => e.ItemId is not null); // Exchange's answer cannot be noted
        var booked = await Api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await office.ShowsError();
        var receipt = (await Api.Appointment(booked))["copies"]![0]!;
        Assert.Equal(("Failed", "unexpected"), (Text(receipt, "state"), Text(receipt["waitsFor"]!, "problem")));
        Assert.True(receipt["nextTryAt"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        Assert.Single(office.Exchange.Mailbox("anna").Calendar);
    }

    [Fact]
    public async Task A_push_that_always_surprises_is_one_row_and_one_alert_whatever_passes_go_well_between_its_tries()
    {
        SyncStore.Breaks = entry => entry.Lease is not null && entry.Keep.Any(e => e.OpenAttempt is not null);
        await Api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await office.ShowsError();
        for (var i = 0; i < 3; i++)
        {
            await Api.Sync("anna"); // nothing is due
            Assert.Equal(("Error", "unexpected"), await office.Calendar());
            await office.PushAgain();
        }

        Assert.Single(Host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
        Assert.Contains(Host.Logs.Lines, l => l.Contains("the 4. unhandled exception in a row", StringComparison.Ordinal));
        Assert.Equal(["Staff member anna is in error: unexpected"], office.Alerts());
        SyncStore.Breaks = _ => false;
        await office.PushAgain();
        await Api.Sync("anna");
        Assert.Equal(("Syncing", null), await office.Calendar());
        Assert.Equal(["Staff member anna is in error: unexpected", "Staff member anna is no longer in error"], office.Alerts());
    }

    [Fact]
    public async Task A_surprise_in_a_job_of_an_integration_is_its_trouble_and_stops_nobody_elses()
    {
        passwordsThrow = true;
        await Host.Send(new ReadPasswordExpiries(), ct);
        await Host.Send(new ReadPasswordExpiries(), ct);
        var trouble = (await Api.Integration(office.Integration))["trouble"]!;
        Assert.Equal(("password-expiry", "unexpected"), (Text(trouble, "job"), Text(trouble, "problem")));
        Assert.Equal([$"Integration {office.Integration} is in error: unexpected"], office.Alerts());
        Assert.Single(Host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_surprise_while_a_calendar_is_withdrawn_stands_in_the_report_and_the_others_go_on()
    {
        await Api.Link(office.Integration, "bert");
        foreach (var staff in new[] { "anna", "bert" }) office.Exchange.Outlook(staff)
            .Adds(new EventDraft("Dentist", Days.Tomorrow.AddHours(9),
            Days.Tomorrow.AddHours(10)));
        await Api.Sync("anna");
        await Api.Sync("bert");
        var annas = (await Api.Staff("anna"))["staffName"]!.GetValue<string>();
        SyncStore.Breaks = entry => entry.Detached?.StaffName == annas;
        await Api.Ok(HttpMethod.Post, $"integrations/{office.Integration}/disconnect", new { displayName = "Head office" });
        await Host.Send(new DisconnectIntegrations(), ct);
        await Eventually.Until("the report says so", async () =>
            Text(await Member("anna"), "reason").Contains("in the log", StringComparison.Ordinal), ct);
        Assert.Equal(0, (await Member("bert"))["waiting"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_surprise_in_the_clean_up_of_a_former_calendar_is_a_failure_of_its_link()
    {
        await Api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the copy is there", () => office.Exchange.Mailbox("anna").Calendar.Count == 1, ct);
        await Api.Link(office.Integration, "anna", Organisation.Address("bert"));
        await Api.Sync("anna");
        Assert.Equal(1, (await Api.Staff("anna"))["formerCopies"]!.GetValue<int>());
        SyncStore.Breaks = entry => entry.Lease is not null;
        for (var round = 0; round < 3; round++) await Host.Send(new QueueCleanUps(), ct);
        Assert.Equal(("Error", "unexpected"), await office.Calendar());
        Assert.Single(Host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
        Assert.Equal(1, SyncStore.Tries);
    }

    private async Task<JsonNode> Member(string staff) =>
        (await Api.Ok(HttpMethod.Get, $"integrations/{office.Integration}/disconnection"))["staff"]!.AsArray().Single(s =>
            Text(s!, "staffId") == staff)!;

    private async Task EveryLineOfAPassCarriesItAndNoneNamesTheLink(string pass)
    {
        var link = await office.Link();
        Assert.DoesNotContain(Host.Logs.Lines, l => l.Contains(link.Id.ToString(), StringComparison.OrdinalIgnoreCase));
        var ofPasses = Host.Logs.Lines.Where(l => l.Contains(" CleanSync.Application.Syncing.", StringComparison.Ordinal)).ToList();
        Assert.Contains(ofPasses, l => l.Contains($"=> pass {pass} of anna <{Organisation.Address("anna")}> ", StringComparison.Ordinal));
        Assert.All(ofPasses, l => Assert.Matches("=> pass [0-9a-f-]{36} of anna <anna@contoso.example> ", l));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private sealed class Passwords(Func<bool> streaks) : IPasswordExpirySource
    {
        public Task<PasswordExpiry?> Ask(ServerConnection server, CancellationToken ct) =>
            streaks() ? throw new IOException(Stack) : Task.FromResult<PasswordExpiry?>(null);
    }
}

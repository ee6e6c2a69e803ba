using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>
/// What nobody foresaw is told like any other failure: in the list, in the log once, to whoever watches, and never in silence.
/// </summary>
public sealed class SurpriseStories : IAsyncLifetime
{
    private const string Stack = "No space left on device";
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly CleanSyncHost host;
    private BrokenLedger ledger = null!;
    private bool passwordsSurprise;
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;
    private Guid integration;

    public SurpriseStories()
    {
        host = new CleanSyncHost
        {
            Replaced = services => services
                .AddSingleton<ISyncLedger>(p => ledger = new BrokenLedger(ActivatorUtilities.CreateInstance<SyncLedger>(p)))
                .AddTransient<IPasswordExpirySource>(_ => new Passwords(() => passwordsSurprise)),
        }.With("Sync:FirstPause", "00:01:00");
    }

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna", "bert");
        api = host.Client(ct);
        integration = await api.Begin(exchange, "anna");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task A_surprise_in_a_pass_is_shown_in_the_list_logged_once_with_its_stack_and_told_once_each_way()
    {
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        ledger.Breaks = entry => entry.Lease is not null; // a pass's own commit, and not the link's failure
        for (var i = 0; i < 3; i++)
        {
            var (status, problem) = await api.TrySync("anna");
            Assert.Equal((HttpStatusCode.InternalServerError, "urn:cleansync:unexpected"), (status, Text(problem!, "type")));
        }

        var shown = (await api.Ok(HttpMethod.Get, "staff?state=Error"))["links"]![0]!;
        Assert.Equal(("anna", "unexpected"), (Text(shown, "staffId"), Text(shown, "problem")));
        var run = (await api.Ok(HttpMethod.Get, "staff/anna/runs"))["runs"]![0]!;
        Assert.Equal("unexpected", Text(run, "problem"));
        Assert.Contains(Text(run, "passId"), Text(shown, "reason"), StringComparison.Ordinal);
        Assert.Equal(("Error", "unexpected"), await Calendar());
        Assert.Single(host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
        Assert.Contains(host.Logs.Lines, l => l.Contains(Text(run, "passId"), StringComparison.Ordinal)
            && l.Contains("the 3. surprise in a row", StringComparison.Ordinal));

        var tries = ledger.Tries;
        for (var beat = 0; beat < 5; beat++) await host.Send(new SyncDueCalendars(), ct);
        Assert.Equal(tries, ledger.Tries); // it waits, longer each time

        ledger.Breaks = _ => false;
        await api.Sync("anna");
        await api.Sync("anna");
        Assert.Equal(("Syncing", null), await Calendar());
        Assert.Equal(["Staff member anna is in error: unexpected", "Staff member anna is no longer in error"], Alerts());
        await EveryLineOfAPassCarriesItAndNoneNamesTheLink(Text(run, "passId"));
    }

    [Fact]
    public async Task What_cannot_even_be_stored_waits_in_memory_is_logged_once_and_goes_on_by_itself_or_when_asked()
    {
        await host.Services.GetRequiredService<IMediator>().Send(new RecheckStaffLink("anna"), ct); // due
        ledger.Breaks = _ => true;
        for (var beat = 0; beat < 5; beat++) await host.Send(new SyncDueCalendars(), ct);
        Assert.Equal(2, ledger.Tries); // the pass, and its failure
        await api.TrySync("anna");
        Assert.Equal(4, ledger.Tries); // somebody asks, and the log counts
        Assert.Single(host.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) && l.Contains(Stack, StringComparison.Ordinal));
        ledger.Breaks = _ => false;
        await api.Sync("anna");
        Assert.Equal("Syncing", Text(await api.Staff("anna"), "state"));
    }

    [Fact]
    public async Task A_surprise_in_a_push_is_shown_with_the_copy_and_with_its_link()
    {
        ledger.Breaks = entry => entry.Keep.Any(e => e.ItemId is not null); // Exchange's answer cannot be noted
        var booked = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Patience.Until("the link shows it", async () => Text(await api.Staff("anna"), "state") == "Error", ct);
        var receipt = (await api.Appointment(booked))["copies"]![0]!;
        Assert.Equal(("Failed", "unexpected"), (Text(receipt, "state"), Text(receipt["waitsFor"]!, "problem")));
        Assert.True(receipt["nextTryAt"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        Assert.Single(exchange.Mailbox("anna").Calendar);
    }

    [Fact]
    public async Task A_push_that_always_surprises_is_one_row_and_one_alert_whatever_passes_go_well_between_its_tries()
    {
        ledger.Breaks = entry => entry.Lease is not null && entry.Keep.Any(e => e.OpenAttempt is not null);
        await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Patience.Until("the link shows it", async () => Text(await api.Staff("anna"), "state") == "Error", ct);
        for (var i = 0; i < 3; i++)
        {
            await api.Sync("anna"); // nothing is due
            Assert.Equal(("Error", "unexpected"), await Calendar());
            await PushAgain();
        }

        Assert.Single(host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
        Assert.Contains(host.Logs.Lines, l => l.Contains("the 4. surprise in a row", StringComparison.Ordinal));
        Assert.Equal(["Staff member anna is in error: unexpected"], Alerts());
        ledger.Breaks = _ => false;
        await PushAgain();
        await api.Sync("anna");
        Assert.Equal(("Syncing", null), await Calendar());
        Assert.Equal(["Staff member anna is in error: unexpected", "Staff member anna is no longer in error"], Alerts());
    }

    [Fact]
    public async Task A_surprise_in_a_job_of_an_integration_is_its_trouble_and_stops_nobody_elses()
    {
        passwordsSurprise = true;
        await host.Send(new ReadPasswordExpiries(), ct);
        await host.Send(new ReadPasswordExpiries(), ct);
        var trouble = (await api.Integration(integration))["trouble"]!;
        Assert.Equal(("password-expiry", "unexpected"), (Text(trouble, "job"), Text(trouble, "problem")));
        Assert.Equal([$"Integration {integration} is in error: unexpected"], Alerts());
        Assert.Single(host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_surprise_while_a_calendar_is_withdrawn_stands_in_the_report_and_the_others_go_on()
    {
        await api.Link(integration, "bert");
        foreach (var staff in new[] { "anna", "bert" }) exchange.Outlook(staff).Adds(new EventDraft("Dentist", Days.Tomorrow.AddHours(9),
            Days.Tomorrow.AddHours(10)));
        await api.Sync("anna");
        await api.Sync("bert");
        var annas = (await api.Staff("anna"))["staffName"]!.GetValue<string>();
        ledger.Breaks = entry => entry.Withdrawn?.StaffName == annas;
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/disconnect", new { displayName = "Head office" });
        await host.Send(new DisconnectIntegrations(), ct);
        await Patience.Until("the report says so", async () =>
            Text(await Member("anna"), "reason").Contains("in the log", StringComparison.Ordinal), ct);
        Assert.Equal(0, (await Member("bert"))["waiting"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_surprise_in_the_clean_up_of_a_former_calendar_is_a_failure_of_its_link()
    {
        await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Patience.Until("the copy is there", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        await api.Link(integration, "anna", Organisation.Address("bert"));
        await api.Sync("anna");
        Assert.Equal(1, (await api.Staff("anna"))["formerCopies"]!.GetValue<int>());
        ledger.Breaks = entry => entry.Lease is not null;
        for (var sweep = 0; sweep < 3; sweep++) await host.Send(new RemoveFormerCopies(), ct);
        Assert.Equal(("Error", "unexpected"), await Calendar());
        Assert.Single(host.Logs.Lines, l => l.Contains(Stack, StringComparison.Ordinal));
        Assert.Equal(1, ledger.Tries);
        ledger.Breaks = _ => false;
        await api.Sync("anna");
        Assert.Equal(("Syncing", null), await Calendar());
    }

    /// <summary>What waits for anna's calendar is due, and is pushed.</summary>
    private async Task PushAgain()
    {
        var link = (await host.Services.GetRequiredService<Domain.StaffCalendarLinks.IStaffCalendarLinkRepository>().FindByStaff("anna",
            ct))!;
        var events = await host.Services.GetRequiredService<Domain.SyncedEvents.ISyncedEventRepository>().OfLink(link.Id, ct);
        var now = TimeProvider.System.GetUtcNow();
        Assert.True(await ledger.Commit(new LedgerEntry { Keep = [.. events.Select(e => e with { NextPushAt = now })] }, ct));
        await host.Services.GetRequiredService<IMediator>().Send(new PushPendingEvents(link.Id), ct);
    }

    private async Task<JsonNode> Member(string staff) =>
        (await api.Ok(HttpMethod.Get, $"integrations/{integration}/disconnection"))["staff"]!.AsArray().Single(s =>
            Text(s!, "staffId") == staff)!;

    private async Task EveryLineOfAPassCarriesItAndNoneNamesTheLink(string pass)
    {
        var link = (await host.Services.GetRequiredService<Domain.StaffCalendarLinks.IStaffCalendarLinkRepository>().FindByStaff("anna",
            ct))!;
        Assert.DoesNotContain(host.Logs.Lines, l => l.Contains(link.Id.ToString(), StringComparison.OrdinalIgnoreCase));
        var ofPasses = host.Logs.Lines.Where(l => l.Contains(" CleanSync.Application.Syncing.", StringComparison.Ordinal)).ToList();
        Assert.Contains(ofPasses, l => l.Contains($"=> pass {pass} of anna <{Organisation.Address("anna")}> ", StringComparison.Ordinal));
        Assert.All(ofPasses, l => Assert.Matches("=> pass [0-9a-f-]{36} of anna <anna@contoso.example> ", l));
    }

    private async Task<(string State, string? Problem)> Calendar()
    {
        var calendar = await api.Ok(HttpMethod.Get,
            $"staff/anna/calendar?from={Days.Tomorrow:yyyy-MM-dd}T00:00:00Z&to={Days.Tomorrow.AddDays(1):yyyy-MM-dd}T00:00:00Z");
        return (Text(calendar, "state"), calendar["problem"]?.GetValue<string>());
    }

    private List<string> Alerts() =>
    [
        .. host.Logs.Lines.Where(l => l.StartsWith("Warning CleanSync.Alerts ", StringComparison.Ordinal))
            .Select(l => Regex.Match(l, "(Staff member|Integration) [^=]*$").Value.Trim()),
    ];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private sealed class Passwords(Func<bool> surprises) : IPasswordExpirySource
    {
        public Task<PasswordExpiry?> Ask(ExchangeIntegration integration, CancellationToken ct) =>
            surprises() ? throw new IOException(Stack) : Task.FromResult<PasswordExpiry?>(null);
    }
}

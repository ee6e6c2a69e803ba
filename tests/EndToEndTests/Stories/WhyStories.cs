using System.Text.Json.Nodes;
using CleanSync.Api;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Time;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Why is this not synced? The answer names the rule, and says nothing that may not be shown.</summary>
public sealed class WhyStories() : ClockedStory("anna", "bert")
{
    private protected override async Task Begin() => Integration = await Api.Begin(Exchange, "anna");

    [Fact]
    public async Task A_span_of_time_is_explained_item_by_item()
    {
        Add("Busy one", 1);
        Add("Free one", 2, e => e with { FreeBusy = FreeBusy.Free });
        Add("Elsewhere", 3, e => e with { FreeBusy = FreeBusy.WorkingElsewhere });
        Add("Secret", 4, e => e with { Sensitivity = Sensitivity.Private });
        await Api.Sync("anna");
        Add("New", 5);
        var findings = await Between(Today.AddDays(1), Today.AddDays(2));
        Assert.Equal(
            [
                ("Busy one", null),
                ("Free one", "free-busy-free"),
                ("Elsewhere", "working-elsewhere"),
                ("Busy", null),
                ("New", "not-read-yet")
            ],
            findings.Select(f => (f["title"]!.GetValue<string>(), f["rule"]?.GetValue<string>())));
        Assert.Equal([true, false, false, true, false], findings.Select(f => f["synced"]!.GetValue<bool>()));
        Assert.All(
            findings.Where(f => f["rule"] is not null),
            f => Assert.Equal(
                NextCalls.With(SyncRules.All.Single(r => r.Id == f["rule"]!.GetValue<string>())).WhatToDo,
                f["whatToDo"]!.GetValue<string>()));
    }

    [Fact]
    public async Task One_item_is_explained_by_its_id_and_one_that_is_elsewhere_too()
    {
        var busy = Add("Busy one", 1);
        var far = Exchange.Outlook("anna").Adds(new EventDraft("Far", Today.AddYears(3), Today.AddYears(3).AddHours(1)));
        await Api.Sync("anna");
        Assert.True((await Item(busy))["synced"]!.GetValue<bool>());
        Assert.Equal("outside-window", (await Item(far))["rule"]!.GetValue<string>());
        Exchange.Outlook("anna").Deletes(busy);
        Assert.Equal("not-default-calendar", (await Item(busy))["rule"]!.GetValue<string>());
        Assert.Equal("id-means-nothing", (await Item("AAMkNoSuchItem="))["rule"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_appointment_is_explained_by_its_copy()
    {
        var booked = await Api.Book(Today.AddDays(1), 1, "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        await Api.Sync("anna");
        Assert.True((await Appointment(booked))["synced"]!.GetValue<bool>());
        Assert.True((await Item(Exchange.Mailbox("anna").Calendar[0].ItemId))["synced"]!.GetValue<bool>());
        var other = await Api.Book(Today.AddDays(1), 1, "bert");
        Assert.Equal("not-of-this-staff-member", (await Appointment(other))["rule"]!.GetValue<string>());
        await Api.Cancel(booked);
        Assert.Equal("appointment-cancelled", (await Appointment(booked))["rule"]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_is_switched_off_is_told_so_and_Exchange_is_not_asked()
    {
        var busy = Add("Busy one", 1);
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Keep" });
        Exchange.Exchange.Requests.Clear();
        var why = await Api.Ok(HttpMethod.Get, $"staff/anna/why?itemId={Uri.EscapeDataString(busy)}");
        Assert.Equal("link-disabled", why["heldUpBy"]!["rule"]!.GetValue<string>());
        Assert.Empty(Exchange.Exchange.Requests.Calls);
    }

    [Fact]
    public async Task With_the_toggle_off_no_title_is_told()
    {
        var busy = Add("Dentist", 1);
        await Api.ShowTitles(Integration, Exchange.Exchange.EwsUrl, false);
        await Api.Sync("anna");
        Assert.Equal("Busy", (await Item(busy))["title"]!.GetValue<string>());
        Assert.DoesNotContain(Api.Answers, a => a.Contains("Dentist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_rules_are_published_with_what_to_do()
    {
        var rules = (await Api.Ok(HttpMethod.Get, "sync-rules"))["rules"]!.AsArray();
        Assert.Equal(SyncRules.All.Select(r => r.Id), rules.Select(r => r!["id"]!.GetValue<string>()));
    }

    private string Add(string title, int hour, Func<EventDraft, EventDraft>? change = null)
    {
        var draft = new EventDraft(title, Today.AddDays(1).AddHours(hour), Today.AddDays(1).AddHours(hour + 1));
        return Exchange.Outlook("anna").Adds(change?.Invoke(draft) ?? draft);
    }

    private async Task<JsonNode> Item(string id) => Assert.Single(await Findings($"itemId={Uri.EscapeDataString(id)}"));

    private async Task<JsonNode> Appointment(Guid id) => Assert.Single(await Findings($"appointmentId={id}"));

    private Task<IReadOnlyList<JsonNode>> Between(DateTimeOffset from, DateTimeOffset to) =>
        Findings($"from={from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    private async Task<IReadOnlyList<JsonNode>> Findings(string about) =>
        [.. (await Api.Ok(HttpMethod.Get, $"staff/anna/why?{about}"))["findings"]!.AsArray().Select(f => f!)];
}

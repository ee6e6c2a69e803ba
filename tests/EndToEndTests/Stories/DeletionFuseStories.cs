using System.Net;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class DeletionFuseStories() : OfficeStory("anna")
{
    private List<string> items = [];

    private protected override async Task Begin()
    {
        items = Enumerable.Range(0, 30)
            .Select(i => Exchange.Outlook("anna").Adds(new EventDraft($"Event {i}", Tomorrow.AddDays(i), Tomorrow.AddDays(i).AddHours(1))))
            .ToList();
        await base.Begin();
    }

    [Fact]
    public async Task A_mass_deletion_is_held_shown_and_happens_when_an_admin_releases_it()
    {
        foreach (var item in items.Take(20)) Exchange.Outlook("anna").Deletes(item);
        await Api.Sync("anna");
        Assert.Equal(30, (await Entries()).Count);
        Assert.Equal(20, (await Api.Staff("anna"))["heldDeletions"]!.GetValue<int>());
        Assert.Equal(20, (await Api.Ok(HttpMethod.Get, "staff/anna/held-deletions"))["held"]!.AsArray().Count);
        var integration = (await Api.Staff("anna"))["integrationId"]!.GetValue<Guid>();
        var ofAll = Assert.Single((await Api.Ok(HttpMethod.Get, $"integrations/{integration}/held-deletions")).AsArray())!;
        Assert.Equal(("anna", 20), (ofAll["staffId"]!.GetValue<string>(), ofAll["held"]!.AsArray().Count));

        Assert.Equal(["deletions-held"], await Warnings());
        await Api.Ok(HttpMethod.Post, "staff/anna/held-deletions/decision", new { decision = "Release" });
        Assert.Empty(await Warnings());
        Assert.Equal(10, (await Entries()).Count);
        var removals = (await Api.Ok(HttpMethod.Get, $"integrations/{integration}/removals")).AsArray();
        Assert.Equal(20, removals.Count(r => r!["staffId"]!.GetValue<string>() == "anna"));
        await Api.Sync("anna");
        Assert.Equal(0, (await Api.Staff("anna"))["heldDeletions"]!.GetValue<int>());
    }

    [Fact]
    public async Task Held_removals_of_a_staff_member_who_is_switched_off_are_not_released()
    {
        foreach (var item in items) Exchange.Outlook("anna").Deletes(item);
        await Api.Sync("anna");
        await Api.Ok(HttpMethod.Put, "staff/anna/link/enabled", new { enabled = false, copies = "Keep" });

        var (status, problem) = await Api.Send(HttpMethod.Post, "staff/anna/held-deletions/decision", new { decision = "Release" });
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:link-is-disabled"), (status, problem!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task While_removals_are_held_new_events_and_the_cursor_go_on()
    {
        foreach (var item in items) Exchange.Outlook("anna").Deletes(item);
        await Api.Sync("anna");
        Exchange.Outlook("anna").Adds(new EventDraft("New", Tomorrow.AddDays(50), Tomorrow.AddDays(50).AddHours(1)));
        await Api.Sync("anna");
        Assert.Equal(31, (await Entries()).Count);
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal(1, Exchange.Exchange.Requests.CountExcludingHandshake);
    }

    [Fact]
    public async Task Rejected_removals_write_the_appointments_again_and_keep_the_other_events()
    {
        var booked = await Api.Book(Tomorrow.AddDays(45), 1, "anna");
        await Eventually.Until("the copy is there", () => Exchange.Mailbox("anna").Calendar.Count == 31, Ct);
        await Api.Sync("anna");
        foreach (var entry in Exchange.Mailbox("anna").Calendar) Exchange.Outlook("anna").HardDeletes(entry.ItemId);
        await Api.Sync("anna");
        Assert.Equal("Booked", (await Api.Appointment(booked))["status"]!.GetValue<string>());

        Assert.Contains("deletions-held", await Warnings());
        await Api.Ok(HttpMethod.Post, "staff/anna/held-deletions/decision", new { decision = "Reject" });
        Assert.DoesNotContain("deletions-held", await Warnings());
        await Eventually.Until("the appointment is in Exchange again", () => Exchange.Mailbox("anna").Calendar.Count == 1, Ct);
        await Api.Sync("anna");
        Assert.Equal(items.Count + 1, (await Entries()).Count);
    }

    private async Task<IReadOnlyList<string>> Warnings() =>
        [.. (await Api.Staff("anna"))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>())];

    private Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> Entries() =>
        Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(60));
}

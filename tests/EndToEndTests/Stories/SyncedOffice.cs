using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>An organisation whose staff are linked and were read once, and what both sides show of it.</summary>
public abstract class SyncedOffice(params string[] staff) : OfficeStory(staff)
{
    private protected override CleanSyncHost Host { get; } = new CleanSyncHost().With("Sync:FirstPause", "00:00:00.1");

    private protected static EventDraft Event(double hour, string title = "Dentist") =>
        new(title, Tomorrow.AddHours(hour), Tomorrow.AddHours(hour + 1));

    /// <summary>Booked, written and read back.</summary>
    private protected async Task<Guid> Written(double hour, params string[] takenBy)
    {
        var booked = await Api.Book(Tomorrow.AddHours(hour), 1, takenBy);
        await Settled(booked);
        return booked;
    }

    private protected Task Settled(Guid booked) => Eventually.Until("every copy is confirmed", async () =>
    {
        var copies = (await Api.Appointment(booked))["copies"]!.AsArray();
        foreach (var copy in copies.Where(c => Text(c!, "state") is not ("Confirmed" or "Gone"))) await Api.TrySync(Text(copy!, "staffId"));
        return copies.All(c => Text(c!, "state") is "Confirmed" or "Gone");
    }, Ct);

    /// <summary>The cursor of the next pass is refused, so that it reads everything.</summary>
    private protected async Task ReadWhole(string member)
    {
        Exchange.Exchange.Faults.Next(new Fault.InvalidSyncState(), "SyncFolderItems", Organisation.Address(member));
        await Api.TrySync(member);
        await Api.Sync(member);
    }

    private protected string ItemOf(string member) => Exchange.Mailbox(member).Calendar.Single().ItemId;

    private protected async Task<IReadOnlyList<string>> Shown(string member) =>
        [.. (await Api.Calendar(member, Tomorrow.AddDays(-1), Tomorrow.AddDays(30))).Select(e => Text(e, "title"))];

    private protected async Task<IReadOnlyList<JsonNode>> Removals(string member) =>
        [.. (await Api.Ok(HttpMethod.Get, $"staff/{member}/removals"))["removals"]!.AsArray().Select(r => r!)];

    private protected async Task<IReadOnlyList<string>> Warnings(string member) =>
        [.. (await Api.Staff(member))["warnings"]!.AsArray().Select(w => Text(w!, "code"))];

    private protected static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}

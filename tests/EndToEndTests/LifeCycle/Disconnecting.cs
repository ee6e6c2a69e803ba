using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>Steps that the stories of a disconnection have in common.</summary>
internal static class Disconnecting
{
    public const string DisplayName = "Head office";

    public static async Task<JsonNode> Disconnect(this CleanSyncClient api, Guid integration)
    {
        var (status, body) = await api.Send(HttpMethod.Post, $"integrations/{integration}/disconnect", new { displayName = DisplayName });
        return status == HttpStatusCode.Accepted ? body! : throw new InvalidOperationException($"{status} {body}");
    }

    public static async Task<JsonNode> Disconnection(this CleanSyncClient api, Guid integration) =>
        await api.Ok(HttpMethod.Get, $"integrations/{integration}/disconnection");

    public static async Task<JsonNode> Ends(this CleanSyncClient api, Guid integration, CancellationToken ct)
    {
        await Eventually.Until(
            "the disconnection has ended",
            async () => (await api.Disconnection(integration))["state"]!.GetValue<string>() == "Finished",
            ct);
        return await api.Disconnection(integration);
    }

    public static List<string> LeftBehind(this JsonNode disconnection) =>
        [.. disconnection["leftBehind"]!.AsArray().Select(l => l!["code"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    /// <summary>Everything that a mailbox's calendar holds, as a person would compare it, with its ids.</summary>
    public static List<string> Snapshot(this Organisation exchange, params string[] staff) =>
        exchange.Exchange.Organisation.Snapshot(staff);

    public static List<string> Snapshot(this ExchangeOrganisation exchange, params string[] staff) =>
    [
        .. staff.SelectMany(m => exchange.Mailbox(Organisation.Address(m)).Calendar)
            .Select(i => $"{i.ItemId} {i.ChangeKey} {i.Uid} {i.Type} {i.Fields.Subject} {i.Fields.Location} {i.Fields.Start:o} {i.Fields.End:o} {i.Fields.StartZone} {i.Fields.FreeBusy} {i.Fields.Sensitivity}")
            .Order(StringComparer.Ordinal),
    ];
}

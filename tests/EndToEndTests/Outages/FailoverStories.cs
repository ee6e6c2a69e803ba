using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using Npgsql;
using Xunit;

namespace CleanSync.EndToEndTests.Outages;

/// <summary>The server dies and its standby takes over, under a node that runs on.</summary>
[SqliteOnly]
public sealed class FailoverStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    /// <summary>
    /// What was written into Exchange last is not known to the database that takes over, which has the copy as one that waits. The copy is
    /// younger than what is looked for anyway.
    /// </summary>
    [Fact, Long]
    public async Task A_standby_that_lagged_behind_takes_over_and_nothing_is_doubled_or_deleted()
    {
        await using var exchange = await Organisation.Start("anna");
        using var server = await PostgresMachine.Start();
        await server.Follow();
        using var data = new TemporaryFolder(PostgresMachine.ConnectionStringOf(server.Port, server.OtherPort));
        using var process = new CleanSyncProcess(data, ct);
        process.Settings["Sync:SearchBeforeCreateAfter"] = "1.00:00:00";
        process.Settings["Sync:FirstPause"] = "00:00:03";
        var api = await process.Start();
        await api.Begin(exchange, "anna");
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", BackOffMilliseconds: 3000), "CreateItem");
        var booked = await api.Book(Days.Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the first try has failed", async () => await State(api, booked) == "Failed", ct);
        await Eventually.Until("the standby has that", async () => await IsFailed(server), ct);
        await server.Run("alter system set primary_conninfo = ''", port: server.OtherPort);
        await server.Run("select pg_reload_conf()", port: server.OtherPort);
        await Eventually.Until("the copy is written", async () => await State(api, booked) is "Written" or "Confirmed", ct);

        await server.Stop("immediate");
        await server.Promote();

        await Eventually.Until("the node goes on", async () => await State(api, booked) is "Written" or "Confirmed", ct);
        await Eventually.Until("a pass has run", () => process.Output.Contains("not on the history", StringComparison.Ordinal), ct);
        var passes = exchange.Exchange.Requests.Count("SyncFolderItems");
        await Eventually.Until("three more passes ran", () => exchange.Exchange.Requests.Count("SyncFolderItems") >= passes + 3, ct);
        Assert.Single(exchange.Mailbox("anna").Calendar);
        Assert.Empty(exchange.Mailbox("anna").DeletedItems);
        Assert.Equal(0, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());
        await process.Kill();
    }

    private static async Task<string> State(CleanSyncClient api, Guid booked)
    {
        var (status, body) = await api.Send(HttpMethod.Get, $"appointments/{booked}");
        return status is System.Net.HttpStatusCode.OK ? body!["copies"]![0]!["state"]!.GetValue<string>() : $"{status}";
    }

    private static async Task<bool> IsFailed(PostgresMachine server)
    {
        await using var connection = await server.Open("cleansync", server.OtherPort);
        await using var command = new NpgsqlCommand("select count(*) from synced_events where push_failure_code is not null", connection);
        return await command.ExecuteScalarAsync() is > 0L;
    }
}

using CleanSync.EndToEndTests.Hosting;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The real executable, killed between Exchange's storing an item and CleanSync's knowing it.</summary>
public sealed class KillStories
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact, OnBothDatabases]
    public async Task Killed_while_the_answer_to_a_create_is_withheld_it_finds_the_one_item_again()
    {
        await using var exchange = await Organisation.Start("anna");
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        var api = await Ready(process, exchange);

        var answer = exchange.Exchange.Faults.WithholdNext("CreateItem");
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await process.KillAt(answer);

        await EndsWithOneItem(await process.Start(), exchange, booked);
    }

    [Fact, SqliteOnly]
    public async Task Killed_after_the_answer_while_its_commit_is_blocked_it_finds_the_one_item_again()
    {
        await using var exchange = await Organisation.Start("anna");
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        var api = await Ready(process, exchange);

        var answer = exchange.Exchange.Faults.WithholdNext("CreateItem");
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await answer.Reached.WaitAsync(ct);
        await using (await WriteLock(data))
        {
            answer.Release();
            await Eventually.Until("the answer is out", () => exchange.Exchange.Requests.Count("CreateItem") == 1, ct);
            Assert.Equal("Queued", (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>());
            await process.Kill();
        }

        await EndsWithOneItem(await process.Start(), exchange, booked);
    }

    [Fact]
    public async Task With_passes_failing_an_overdue_attempt_is_looked_up_and_adopted_not_repeated()
    {
        await using var exchange = await Organisation.Start("anna");
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        var api = await Ready(process, exchange);
        exchange.Exchange.Faults.Next(new ExchangeSimulator.Faults.Fault.AbortAfterEffect(), "CreateItem");
        exchange.Exchange.Faults.Next(new ExchangeSimulator.Faults.Fault.Http(500), "SyncFolderItems", times: 4);
        await EndsWithOneItem(api, exchange, await api.Book(Tomorrow.AddHours(9), 1, "anna"));
    }

    private static async Task<CleanSyncClient> Ready(CleanSyncProcess process, Organisation exchange)
    {
        var api = await process.Start();
        await api.Begin(exchange, "anna");
        return api;
    }

    private async Task EndsWithOneItem(CleanSyncClient api, Organisation exchange, Guid booked)
    {
        await Eventually.Until(
            "the copy is written", async () =>
                (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>() is "Written" or "Confirmed", ct);
        var passes = exchange.Exchange.Requests.Count("SyncFolderItems");
        await Eventually.Until("three more passes ran", () => exchange.Exchange.Requests.Count("SyncFolderItems") >= passes + 3, ct);
        Assert.Equal("Haircut", Assert.Single(exchange.Mailbox("anna").Calendar).Fields.Subject);
        Assert.Empty(exchange.Mailbox("anna").DeletedItems);
        Assert.Equal(1, exchange.Exchange.Requests.Count("CreateItem"));
    }

    private async Task<SqliteConnection> WriteLock(TemporaryFolder data)
    {
        var connection = new SqliteConnection($"Data Source={data.DatabasePath};Pooling=False");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma busy_timeout = 5000; begin immediate";
        await command.ExecuteNonQueryAsync(ct);
        return connection;
    }
}

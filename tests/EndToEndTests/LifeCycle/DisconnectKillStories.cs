using System.Text;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>The real executable, killed without warning again and again while it disconnects.</summary>
public sealed class DisconnectKillStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact, Long, SqliteOnly]
    public async Task Killed_three_times_half_way_it_finishes_and_the_calendars_hold_exactly_what_staff_made()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)) { Location = "Home" });
        exchange.Outlook("anna").AddsSeries(
            new EventDraft("Standup", Days.Tomorrow.AddHours(8), Days.Tomorrow.AddHours(8.5)),
            new ExchangeSimulator.Recurring.DailyPattern(1),
            occurrences: 5);
        exchange.Outlook("bert").Adds(new EventDraft("Dentist", Days.Tomorrow.AddHours(6), Days.Tomorrow.AddHours(7)));
        var staffMade = exchange.Snapshot("anna", "bert");
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        var api = await process.Start();
        var integration = await api.Begin(exchange, ["anna", "bert"]);
        var booked = new List<Guid>();
        foreach (var hour in new[] { 9, 10, 11, 12, 13 }) booked.Add(await api.Book(Days.Tomorrow.AddHours(hour), 1, "anna", "bert"));
        await Eventually.Until(
            "all are in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 7 && exchange.Mailbox("bert").Calendar.Count == 6, ct);
        var secret = await SealedPassword(data);

        var create = exchange.Exchange.Faults.WithholdNext("CreateItem");
        booked.Add(await api.Book(Days.Tomorrow.AddHours(14), 1, "anna"));
        await create.Reached.WaitAsync(ct);
        await api.Disconnect(integration);
        await process.Kill();
        create.Release();
        for (var kill = 0; kill < 2; kill++)
        {
            var delete = exchange.Exchange.Faults.WithholdNext("DeleteItem", after: 1 + kill);
            process.Launch();
            await process.KillAt(delete);
        }

        await process.Start();
        var report = await api.Ends(integration, ct);
        Assert.Empty(report.LeftBehind());
        Assert.Equal(staffMade, exchange.Snapshot("anna", "bert"));
        foreach (var appointment in booked) Assert.Equal("Booked", (await api.Appointment(appointment))["status"]!.GetValue<string>());
        Assert.Empty((await api.Ok(HttpMethod.Get, "staff"))["links"]!.AsArray());
        Assert.All(
            data.Files(),
            f => Assert.False(
                f.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, $"{Path.GetFileName(f.File)} holds the sealed password"));
        Assert.All(
            data.Files(), f => Assert.False(f.Bytes.AsSpan().IndexOf("Dentist"u8) >= 0, $"{Path.GetFileName(f.File)} holds a title"));
    }

    private async Task<string> SealedPassword(TemporaryFolder data)
    {
        await using var connection = new SqliteConnection($"Data Source={data.DatabasePath};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "select sealed_password from exchange_integrations";
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}

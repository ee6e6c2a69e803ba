using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.EndToEndTests.Erasures.Erasing;

namespace CleanSync.EndToEndTests.Erasures;

/// <summary>The real executable, killed without warning again and again while it erases.</summary>
public sealed class ErasureKillStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact, Long]
    public async Task Killed_three_times_half_way_it_finishes_and_nothing_is_lost_doubled_or_left()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Yesterday.AddHours(3), Yesterday.AddHours(4)));
        exchange.Outlook("bert").Adds(new EventDraft("Dentist", Yesterday.AddHours(3), Yesterday.AddHours(4)));
        var staffMade = exchange.Snapshot("bert");
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        var api = await process.Start();
        await api.Begin(exchange, ["anna", "bert"]);
        var booked = new List<Guid>();
        foreach (var hour in new[] { 9, 10, 11, 12 })
            booked.Add(await api.Book(Booking(Yesterday.AddHours(hour), ["anna", "bert"]), $"key-{hour}"));
        booked.Add(await api.Book(Booking(Days.Tomorrow.AddHours(9), ["anna"]), "key-coming"));
        foreach (var appointment in booked) await api.Written(appointment, ct);

        var update = exchange.Exchange.Faults.WithholdNext("UpdateItem", after: 1);
        var clients = await api.Erase(new { appointmentIds = booked, cancelFuture = true });
        await process.KillAt(update);
        update = exchange.Exchange.Faults.WithholdNext("UpdateItem", after: 2);
        process.Launch();
        await process.KillAt(update);
        await process.Start();
        var report = await api.Ended(clients, ct);
        Assert.Equal((5, 5, 1), (report.Count("appointments"), report.Count("erased"), report.Count("cancelled")));
        Assert.Empty(report.Codes("notRewritten"));
        Assert.Equal(
            "Haircut|Branch 1||10\nHaircut|Branch 1||11\nHaircut|Branch 1||12\nHaircut|Branch 1||9\nOwn|||3", exchange.Reads("anna"));
        Assert.Empty(data.Finds(Needles));

        var delete = exchange.Exchange.Faults.WithholdNext("DeleteItem", after: 1);
        var staff = await api.Erase(new { staffId = "bert" });
        await process.KillAt(delete);
        await process.Start();
        report = await api.Ended(staff, ct);
        Assert.Equal((1, 4, 4), (report.Count("exchangeEvents"), report.Count("items"), report.Count("rewritten")));
        Assert.Equal(staffMade, exchange.Snapshot("bert"));
        Assert.Equal(5, exchange.Mailbox("anna").Calendar.Count);
        foreach (var id in booked.Take(4))
        {
            var appointment = await api.Appointment(id);
            Assert.Equal(("Booked", 2), (appointment.Text("status"), appointment["staffIds"]!.AsArray().Count));
        }
    }
}

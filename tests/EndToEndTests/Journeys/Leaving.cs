using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.LifeCycle;
using Xunit;

namespace CleanSync.EndToEndTests.Journeys;

/// <summary>
/// Exchange is disconnected: what staff made stays in Exchange, what was booked stays in the booking product, and the log tells it all.
/// </summary>
internal sealed class Leaving(Office office)
{
    private readonly CleanSyncClient api = office.Api;

    public async Task Disconnects()
    {
        var would = await api.Ok(HttpMethod.Post, $"integrations/{office.Integration}/disconnect", new { });
        Assert.Equal(
            ("AwaitsConfirmation", 9, 4), (would.Text("state"), would["exchangeEvents"]!.GetValue<int>(), would["items"]!.GetValue<int>()));
        await api.Disconnect(office.Integration);
        var report = await api.Ends(office.Integration, office.Ct);
        Assert.Equal((4, 0), (report["removed"]!.GetValue<int>(), report["waiting"]!.GetValue<int>()));
        Assert.Empty(report.LeftBehind());
    }

    public async Task LeavesBothSidesTheirOwn(IReadOnlyList<string> staffMade)
    {
        Assert.Equal(staffMade, office.Everything());
        Assert.Empty((await api.Ok(HttpMethod.Get, "integrations")).AsArray());
        Assert.Empty((await api.Ok(HttpMethod.Get, "staff"))["links"]!.AsArray());
        var kept = await api.Appointment(office.Booked);
        Assert.Equal(("Booked", Days.Tomorrow.AddHours(16)), (kept.Text("status"), kept["start"]!.GetValue<DateTimeOffset>()));
        Assert.Equal(["anna", "bert"], kept["staffIds"]!.AsArray().Select(s => s!.GetValue<string>()).Order());
    }

    /// <summary>Every action in its order; the wrong password is the only one that was refused.</summary>
    public async Task LeavesARecordOfAll()
    {
        var log = (await api.AuditLog()).Reverse().ToList();
        Assert.Equal(
            [
                "DiscoverServer",
                "DiagnoseConnection",
                "ConnectExchange",
                "PutStaffLink",
                "PutStaffLink",
                "PutStaffLink",
                "PreviewIntegration",
                "AuthorizeIntegration",
                "PauseIntegration",
                "ResumeIntegration",
                "ChangeIntegration",
                "ChangeIntegration",
                "ResyncIntegration",
                "ChangeIntegration",
                "DisconnectExchange",
                "DisconnectExchange",
            ],
            log.Select(e => e.Text("action")));
        Assert.Equal(
            "urn:cleansync:new-password-is-refused",
            Assert.Single(log, e => e.Text("outcome") is not ("Done" or "DryRun")).Text("refusal"));
        Assert.Equal(
            ["PreviewIntegration", "DisconnectExchange"], log.Where(e => e.Text("outcome") is "DryRun").Select(e => e.Text("action")));
    }
}

using System.Net;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Traffic;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Traffic;
using CleanSync.Infrastructure.Traffic.Shares;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CleanSync.UnitTests.Exchange;

/// <summary>The call that goes alone after a pause that was cut short.</summary>
public sealed class TrialCallTests : IAsyncLifetime
{
    private readonly TemporarySqlite db = new();
    private LogonLimit limit = null!;
    private TrafficGovernor traffic = null!;

    private static CancellationToken Ct => TemporaryDatabase.Ct;

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        var records = new TrafficRecords(db.Store);
        limit = new LogonLimit(new RefusedLogons(db.Store), new SoleWorkLeases(), new EwsCallSigns(), new SyncOptions(), db.Time);
        var rescue = new LogonRescue(new LogonRescues(db.Store), new SyncOptions(), db.Time, NullLogger<LogonRescue>.Instance);
        var circuit = new CredentialCircuit(records, rescue, limit, new EwsCallSigns(), db.Integrations, db.Time);
        traffic = new TrafficGovernor(records, circuit, rescue, new EwsCallSigns(), new WholeShare(), new SyncOptions(), db.Time);
    }

    public async ValueTask DisposeAsync()
    {
        limit.Dispose();
        await db.DisposeAsync();
    }

    [Theory]
    [InlineData("ErrorIrresolvableConflict", true)]
    [InlineData("ErrorServerBusy", false)]
    public async Task What_is_said_of_an_item_is_a_success_and_what_asks_for_a_pause_is_none(string code, bool succeeds)
    {
        var capped = new EwsHttpException(HttpStatusCode.ServiceUnavailable, CredentialUse.Sent) { RetryAfter = TimeSpan.MaxValue };
        await Assert.ThrowsAsync<EwsHttpException>(() => Send("anna", () => throw capped));
        db.Time.Advance(TrafficPause.Longest);
        await Send("anna", () => new EwsResult<string>(EwsError.From(code, null, null)));
        var follows = Send("bert", () => new EwsResult<string>("done"));
        if (succeeds) Assert.True((await follows).Succeeded);
        else await Assert.ThrowsAsync<CalendarFailure>(() => follows);
    }

    private Task<EwsResult<string>> Send(string mailbox, Func<EwsResult<string>> call) =>
        traffic.Send(db.Integration.Server, mailbox, mayBeCut: false, LogonWish.Due, _ => Task.FromResult(call()), Ct);
}

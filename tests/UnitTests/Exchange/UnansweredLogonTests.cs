using System.Net;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.ExchangeIntegrations;
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

/// <summary>A logon that was sent and never answered may have been a wrong password to the directory.</summary>
public sealed class UnansweredLogonTests : IAsyncLifetime
{
    private static readonly EwsTransportException Unanswered = new(TransportFailure.Timeout, true, null) { CredentialUnanswered = true };
    private readonly TemporarySqlite db = new();
    private LogonLimit limit = null!;
    private TrafficGovernor traffic = null!;
    private int sent;

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

    [Fact]
    public async Task Only_what_was_sent_and_got_no_word_counts_as_a_wrong_password()
    {
        (EwsException Failure, bool Counts)[] failures =
        [
            (Unanswered, true),
            (new EwsTransportException(TransportFailure.Connection, false, null), false),
            (new EwsHttpException(HttpStatusCode.BadGateway, CredentialUse.Sent), true),
            (new EwsHttpException(HttpStatusCode.GatewayTimeout, CredentialUse.Sent), true),
            (new EwsHttpException(HttpStatusCode.GatewayTimeout, CredentialUse.HandshakeUnfinished), false),
            (new EwsHttpException(HttpStatusCode.ServiceUnavailable, CredentialUse.Sent), false),
        ];
        foreach (var (failure, counts) in failures)
        {
            var user = $"user-{Array.IndexOf(failures, (failure, counts))}@contoso.example";
            for (var i = 0; i < 2; i++) Assert.Same(failure, await Record.ExceptionAsync(() => Typed(user, () => throw failure)));
            var third = await Record.ExceptionAsync(() => Typed(user, () => 0));
            Assert.Equal(counts, third is CalendarFailure { Refusal: TooManyWrongPasswords, NothingWasSent: true });
        }
    }

    [Fact]
    public async Task A_logon_that_works_ends_the_count_of_those_that_got_no_word()
    {
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<EwsTransportException>(() => Typed("svc", () => throw Unanswered));
            await Typed("svc", () => 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_never_answers_is_sent_an_unproven_password_twice_however_often_it_is_asked(bool byAdmin)
    {
        for (var i = 0; i < 20; i++) await Record.ExceptionAsync(() => Send(byAdmin, () => throw Unanswered));
        Assert.Equal(2, sent);
        db.Time.Advance(LogonLimit.Counted);
        await Send(byAdmin, () => 0);
    }

    [Fact]
    public async Task A_password_that_worked_within_a_day_is_held_by_no_lost_answer_in_traffic_or_for_an_admin()
    {
        await Send(byAdmin: true, () => 0);
        for (var i = 0; i < 20; i++)
        {
            db.Time.Advance(CredentialProof.GoodFor);
            await Assert.ThrowsAsync<EwsTransportException>(() => Send(byAdmin: i % 2 == 0, () => throw Unanswered));
        }

        await Send(byAdmin: false, () => 0);
        db.Time.Advance(CredentialProof.OfLate);
        for (var i = 0; i < 20; i++) await Record.ExceptionAsync(() => Send(byAdmin: false, () => throw Unanswered));
        Assert.Equal(24, sent);
    }

    [Fact]
    public async Task After_a_refusal_of_the_account_elsewhere_what_worked_before_counts_as_unproven()
    {
        await Send(byAdmin: true, () => 0);
        var refused = new EwsHttpException(HttpStatusCode.Unauthorized, CredentialUse.Sent) { AccountLockedOut = true };
        await Assert.ThrowsAsync<EwsHttpException>(() => Send(byAdmin: true, () => throw refused));
        for (var i = 0; i < 20; i++) await Record.ExceptionAsync(() => Send(byAdmin: true, () => throw Unanswered));
        Assert.Equal(3, sent);
    }

    private Task<int> Typed(string user, Func<int> logon) =>
        limit.Try(user, db.Integration.ServerAddress, tryAnyway: false, _ => Task.FromResult(logon()), Ct);

    private Task<int> Send(bool byAdmin, Func<int> call) => traffic.Send(
        db.Integration.Server, "anna", mayBeCut: false, byAdmin ? LogonWish.ByAdmin : LogonWish.Due, _ =>
        {
            sent++;
            return Task.FromResult(call());
        }, Ct);
}

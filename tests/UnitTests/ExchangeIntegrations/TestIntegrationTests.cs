using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

/// <summary>What a logon that works ends, and what it does not.</summary>
public sealed class TestIntegrationTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    [Fact]
    public async Task A_logon_that_works_ends_the_refusal_of_its_own_password() =>
        Assert.Equal(IntegrationStatus.Active, await After(meanwhile: refused => refused));

    /// <summary>An admin entered another password while the logon with the former one was under way, and that one was refused.</summary>
    [Fact]
    public async Task A_logon_that_works_does_not_end_the_refusal_of_another_password() =>
        Assert.Equal(IntegrationStatus.CredentialRefused, await After(meanwhile: refused =>
        {
            var other = refused.WithPassword([9]);
            return other.LogonRefused(other.Account.CredentialVersion);
        }));

    private async Task<IntegrationStatus> After(Func<ExchangeIntegration, ExchangeIntegration> meanwhile)
    {
        var stored = await db.Integrations.Find(db.Integration.Id, TemporaryDatabase.Ct);
        var active = (await db.Integrations.Save(stored!.In(IntegrationStatus.Active), TemporaryDatabase.Ct)).Value;
        var refused = await db.Integrations.Save(active.LogonRefused(active.Account.CredentialVersion), TemporaryDatabase.Ct);
        var logon = new Logon(() => db.Integrations.Save(meanwhile(refused.Value), TemporaryDatabase.Ct));
        var handler = new TestIntegration.Handler(db.Integrations, db.Links, logon, new FakeCalendarQueue(), new ReviewSignal(db.Time));
        Assert.False((await handler.Handle(new TestIntegration(refused.Value.Id), TemporaryDatabase.Ct)).IsRefused);
        return (await db.Integrations.Find(refused.Value.Id, TemporaryDatabase.Ct))!.Status;
    }

    /// <summary>Works, and something happens meanwhile.</summary>
    private sealed class Logon(Func<Task<Result<ExchangeIntegration>>> meanwhile) : ICalendarDirectory
    {
        public async Task<AccountCheck> CheckAccount(ServerConnection server, bool tryAnyway, CancellationToken ct)
        {
            Assert.False((await meanwhile()).IsRefused);
            return new AccountCheck("calendar", null);
        }

        public Task<AccountCheck> TryAccount(ServerConnection candidate, string password, bool tryAnyway, CancellationToken ct) =>
            throw new NotSupportedException();

        public void Forget(Guid integrationId) => throw new NotSupportedException();

        public Task<CalendarCheck> CheckCalendar(OpenCalendar calendar, CancellationToken ct) => throw new NotSupportedException();
    }
}

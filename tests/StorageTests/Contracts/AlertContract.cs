using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations.Troubles;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What is told once, in the log.</summary>
public abstract class AlertContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private readonly NotedLog log = new();

    private static CancellationToken Ct => TemporaryDatabase.Ct;

    [Fact]
    public async Task A_staff_member_who_turns_to_error_and_back_is_told_of_once_for_each_change_over_a_restart_too()
    {
        var link = await Db.Linked(Sample.Link(Db.Integration.Id, "bert") with { Health = LinkHealth.Syncing });
        var denied = new LinkHealth(LinkState.Error, new Reason("calendar-access-denied", "why"));
        var unexpected = new LinkHealth(LinkState.Error, new Reason("unexpected", "why"));
        var unknown = new LinkHealth(LinkState.Warning, new Reason("mailbox-not-found", "why"));
        foreach (var health in new[] { denied, denied, unexpected, unknown, LinkHealth.Syncing, denied })
        {
            var restarted = new SyncStore(Db.Store, new Alerts(log)); // nothing is remembered in memory
            link = (await Db.Links.Find(link.Id, Ct))!;
            // and what was not stored is not told
            Assert.False(await restarted.Commit(new ChangeSet { Links = [link with { Health = health, Version = 99 }] }, Ct));
            Assert.True(await restarted.Commit(new ChangeSet { Links = [link with { Health = health }] }, Ct));
        }

        Assert.Equal(
            [
                "Warning CleanSync.Alerts: Staff member bert is in error: calendar-access-denied",
                "Warning CleanSync.Alerts: Staff member bert is in error: unexpected",
                "Warning CleanSync.Alerts: Staff member bert is no longer in error",
                "Warning CleanSync.Alerts: Staff member bert is in error: calendar-access-denied",
            ],
            log.Lines);
    }

    [Fact]
    public async Task An_integration_whose_password_cannot_be_opened_is_told_of_once_each_way()
    {
        var stored = new ExchangeIntegrationRepository(Db.Store, new IntegrationAlerts(Db.Store, new Alerts(log)));
        var id = Db.Integration.Id;
        await stored.Save((await stored.Find(id, Ct))!.Authorized(null), Ct);
        foreach (var shut in new[] { "It was sealed with another key.", "It is damaged.", null })
            Assert.False((await stored.Save((await stored.Find(id, Ct))!.PasswordIsShut(shut), Ct)).IsRefused);
        string[] told = ["in error: password-cannot-be-opened", "no longer in error"];
        Assert.Equal(told.Select(t => $"Warning CleanSync.Alerts: Integration {id} is {t}"), log.Lines);
    }

    [Fact]
    public async Task An_integration_whose_password_is_refused_or_whose_job_surprises_is_told_of_once_each_way()
    {
        var alerts = new IntegrationAlerts(Db.Store, new Alerts(log));
        var (stored, troubles) = (new ExchangeIntegrationRepository(Db.Store, alerts), new IntegrationTroubles(alerts));
        var id = Db.Integration.Id;
        await stored.Save((await stored.Find(id, Ct))!.LogonRefused(Db.Integration.Account.CredentialVersion), Ct);
        await stored.Save((await stored.Find(id, Ct))! with { DisplayName = "Renamed" }, Ct);
        await stored.Save((await stored.Find(id, Ct))!.Authorized(null), Ct);
        var trouble = new JobTrouble("resumption", new Reason("unexpected", "why"), TemporaryDatabase.Now);
        for (var i = 0; i < 2; i++) await troubles.Note(id, trouble, Ct);
        await troubles.End(id, "another job", Ct);
        Assert.Equal(trouble, (await stored.Find(id, Ct))!.Trouble);
        await troubles.End(id, "resumption", Ct);
        Assert.Null((await stored.Find(id, Ct))!.Trouble);
        string[] told = ["in error: credential-refused", "no longer in error", "in error: unexpected", "no longer in error"];
        Assert.Equal(told.Select(t => $"Warning CleanSync.Alerts: Integration {id} is {t}"), log.Lines);
    }
}

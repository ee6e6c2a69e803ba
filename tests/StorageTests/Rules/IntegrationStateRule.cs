using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Rules;

/// <summary>The status of an integration, the reason for it, and whether it runs: the view says what the aggregate says.</summary>
public abstract class IntegrationStateRule<TDatabase> : RuleContract<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly LifeCycle[] Lives =
    [
        new LifeCycle.Draft(), new LifeCycle.Active(), new LifeCycle.Paused("Update", null),
        new LifeCycle.Paused("Update (until noon)", Now), new LifeCycle.Disconnecting(Now),
    ];

    private static readonly CredentialState[] Credentials =
    [
        new CredentialState.Unproven(), new CredentialState.Works(), new CredentialState.Refused("it is wrong"),
        new CredentialState.Unreadable("its key is lost"),
    ];

    [Fact]
    public async Task In_every_state_the_view_and_the_aggregate_say_the_same_and_a_calendar_is_due_while_it_runs()
    {
        foreach (var life in Lives)
        {
            foreach (var credential in Credentials)
            {
                var integration = Sample.Integration() with { LifeCycle = life, Credential = credential };
                Assert.False((await Db.Integrations.Save(integration, Ct)).IsRefused);
                var stored = (await Db.Integrations.Find(integration.Id, Ct))!;
                Assert.Equal((life, credential), (stored.LifeCycle, stored.Credential));
                Assert.Equal((stored.Status.ToString(), stored.StatusReason, stored.BlockedBy is null), await View(stored.Id));

                var link = await Db.Linked(Sample.Link(stored.Id, $"{stored.Status} {stored.Id}"));
                var due = await Db.Links.Due(Now, Ct);
                Assert.Equal(stored.BlockedBy is null, due.Any(d => d.LinkId == link.Id));
            }
        }
    }

    [Fact]
    public void A_password_that_does_not_work_is_told_before_anything_else_and_a_disconnection_blocks_before_it()
    {
        var leaving = Sample.Integration().Leaving(Now).LogonRefused(Sample.Integration().Account.CredentialVersion);
        Assert.Equal(IntegrationStatus.CredentialRefused, leaving.Status);
        Assert.IsType<IntegrationIsBeingDisconnected>(leaving.BlockedBy);
        var paused = Sample.Integration().Paused("Update", null).Value.LogonRefused(Sample.Integration().Account.CredentialVersion);
        Assert.Equal((IntegrationStatus.CredentialRefused, null), (paused.Status, paused.PausedUntil));
        Assert.Equal((IntegrationStatus.Active, null), (paused.Authorized(null).Status, paused.Authorized(null).StatusReason));
    }

    private async Task<(string Status, string? Reason, bool Runs)> View(Guid id)
    {
        const string sql = "select status, status_reason, runs from integration_states where id = @id";
        await using var connection = await Db.Store.Read(Ct);
        return await connection.QuerySingleAsync<(string, string?, bool)>(sql, new { id });
    }
}

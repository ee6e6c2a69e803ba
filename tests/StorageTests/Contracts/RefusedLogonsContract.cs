using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>All servers of an account count together, and only one that refused it can end the count.</summary>
public abstract class RefusedLogonsContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private const string Account = "svc-booking@contoso.example", Mail = "mail.contoso.example:443", Evil = "evil.example:443";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    private RefusedLogons Refused => new(Db.Store);

    [Fact]
    public async Task A_success_at_another_server_ends_no_count()
    {
        await Add(Mail);
        await Refused.Forget(Account, Evil, TemporaryDatabase.Ct);
        Assert.Equal(1, await Count());
        await Refused.Forget("other@contoso.example", Mail, TemporaryDatabase.Ct);
        Assert.Equal(1, await Count());
        await Refused.Forget(Account, Mail, TemporaryDatabase.Ct);
        Assert.Null(await Count());
    }

    [Fact]
    public async Task All_servers_count_together_until_half_an_hour_after_the_last()
    {
        await Add(Mail);
        await Add(Evil, minutes: 29);
        Assert.Equal(2, await Count());
        await Add(Evil, minutes: 58);
        Assert.Equal(3, await Count());
        await Add(Mail, minutes: 88);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task A_refusal_of_a_time_that_is_far_ahead_is_forgotten_and_one_of_a_node_whose_clock_goes_before_is_not()
    {
        await Add(Evil, minutes: 90);
        await Add(Mail);
        Assert.Equal(1, await Count());
        await Add(Evil, minutes: 1);
        await Add(Mail);
        Assert.Equal(3, await Count());
    }

    private Task Add(string server, int minutes = 0) =>
        Refused.Add(Account, server, TemporaryDatabase.Now.AddMinutes(minutes), Lasts, TemporaryDatabase.Ct);

    private async Task<int?> Count() => (await Refused.Find(Account, TemporaryDatabase.Ct))?.Refusals;
}

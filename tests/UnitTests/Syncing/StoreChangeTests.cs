using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

public sealed class StoreChangeTests : ISyncStore
{
    private int faster;
    private int planned;

    public Task<bool> Commit(ChangeSet entry, CancellationToken ct) => Task.FromResult(faster-- <= 0);

    [Fact]
    public async Task Where_others_were_faster_it_is_planned_anew()
    {
        faster = 3;
        Assert.False((await Change(() => new ChangeSet())).IsRefused);
        Assert.Equal(4, planned);
    }

    [Fact]
    public async Task Where_others_are_faster_each_time_it_ends_with_a_refusal()
    {
        faster = int.MaxValue;
        Assert.IsType<ChangedMeanwhile>((await Change(() => new ChangeSet())).Refusal);
        Assert.Equal(StoreChange.MostTries, planned);
    }

    [Fact]
    public async Task What_there_is_nothing_to_store_of_or_is_refused_is_planned_once()
    {
        Assert.False((await Change(() => (ChangeSet?)null)).IsRefused);
        Assert.IsType<LinkIsDisabled>((await Change(() => new LinkIsDisabled("anna"))).Refusal);
        Assert.Equal(2, planned);
    }

    private Task<Result> Change(Func<Result<ChangeSet?>> plan) => this.Change("The link", () =>
    {
        planned++;
        return Task.FromResult(plan());
    }, TestContext.Current.CancellationToken);
}

using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>A warning lasts as long as what it tells of.</summary>
public abstract class WarningContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;

    /// <summary>How a row stands while its warning holds, and how it stands when it is mended.</summary>
    private static readonly Dictionary<string, (Func<SyncedEvent, SyncedEvent> Begins, Func<SyncedEvent, SyncedEvent> Ends)> States = new()
    {
        [SyncWarning.HeldCode] = (e => e with { Hold = RemovalHold.Held }, e => e with { Hold = RemovalHold.Kept }),
        [SyncWarning.UnreadableCode] = (e => e with
        {
            Kind = EventKind.Unreadable,
            Unreadable = new UnreadableItem("ErrorItemCorrupt", "k")
        }, e => e with { Kind = EventKind.External, Unreadable = null }),
        [SyncWarning.SeriesCode] = (e => e with { BecameSeries = true }, e => e with { BecameSeries = false }),
    };

    [Theory]
    [InlineData(SyncWarning.HeldCode)]
    [InlineData(SyncWarning.UnreadableCode)]
    [InlineData(SyncWarning.SeriesCode)]
    public async Task A_warning_of_how_things_are_ends_when_they_are_mended_or_gone(string code)
    {
        var (begins, ends) = States[code];
        var row = await Warned(begins, code);
        Assert.Equal([code], await Shown());
        row = await Db.Kept(row with { Title = "changed" });
        Assert.Equal([code], await Shown());
        await Db.Kept(ends(row));
        Assert.Empty(await Shown());

        row = await Warned(begins, code);
        Assert.True(await Db.Commit(new ChangeSet { Remove = [row] }));
        Assert.Empty(await Shown());
    }

    [Fact]
    public async Task A_warning_of_what_was_done_is_forgotten_after_thirty_days_and_one_of_how_things_are_is_not()
    {
        await Warned(States[SyncWarning.HeldCode].Begins, SyncWarning.HeldCode, SyncWarning.CopyWasLost(Guid.NewGuid()),
            SyncWarning.CalendarReplaced(), SyncWarning.DriftHealed(2), SyncWarning.RestoredTooLate(Guid.NewGuid()));
        Assert.Equal(5, (await Shown()).Count);
        var link = (await Db.Links.Find(Db.Link.Id, TemporaryDatabase.Ct))!;
        Assert.True(await Db.Commit(new ChangeSet { Links = [link], ForgetRemovedBefore = Now.AddDays(1) }));
        Assert.Equal([SyncWarning.HeldCode], await Shown());
    }

    private async Task<SyncedEvent> Warned(Func<SyncedEvent, SyncedEvent> begins, string code, params SyncWarning[] others)
    {
        var row = begins(Sample.External(Db.Link.Id, $"item {Guid.NewGuid()}"));
        LinkWarning[] warnings = [.. others.Prepend(new SyncWarning(new Reason(code, "why"), row.Id)).Select(w =>
            new LinkWarning(Guid.CreateVersion7(), Db.Link.Id, Now, w))];
        Assert.True(await Db.Commit(new ChangeSet { Keep = [row], Warnings = warnings }));
        return (await Db.Events.Find(row.Id, TemporaryDatabase.Ct))!;
    }

    private async Task<IReadOnlyList<string>> Shown()
    {
        var view = await new GetStaffLinkHandler(
            Db.Store, new NotificationBoard(new FakeCalendarQueue()), Db.Time).Handle(new GetStaffLink("anna"),
            TemporaryDatabase.Ct);
        return [.. view.Value.Warnings.Select(w => w.Code)];
    }
}

using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.UnitTests.Notifications;
using Xunit;

namespace CleanSync.UnitTests.Persistence;

public sealed class WarningTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private readonly TemporaryDatabase db = new();

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

    public static TheoryData<string> Codes() => [.. States.Keys];

    public ValueTask InitializeAsync() => db.InitializeAsync();

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Theory, MemberData(nameof(Codes))]
    public async Task A_warning_of_how_things_are_ends_when_they_are_mended_or_gone(string code)
    {
        var (begins, ends) = States[code];
        var row = await Warned(begins, code);
        Assert.Equal([code], await Shown());
        row = await db.Kept(row with { Title = "changed" });
        Assert.Equal([code], await Shown());
        await db.Kept(ends(row));
        Assert.Empty(await Shown());

        row = await Warned(begins, code);
        Assert.True(await db.Commit(new ChangeSet { Remove = [row] }));
        Assert.Empty(await Shown());
    }

    [Fact]
    public async Task A_warning_of_what_was_done_is_forgotten_after_thirty_days_and_one_of_how_things_are_is_not()
    {
        await Warned(States[SyncWarning.HeldCode].Begins, SyncWarning.HeldCode, SyncWarning.CopyWasLost(Guid.NewGuid()),
            SyncWarning.CalendarReplaced(), SyncWarning.DriftHealed(2), SyncWarning.RestoredTooLate(Guid.NewGuid()));
        Assert.Equal(5, (await Shown()).Count);
        var link = (await db.Links.Find(db.Link.Id, TemporaryDatabase.Ct))!;
        Assert.True(await db.Commit(new ChangeSet { Links = [link], ForgetRemovedBefore = Now.AddDays(1) }));
        Assert.Equal([SyncWarning.HeldCode], await Shown());
    }

    private async Task<SyncedEvent> Warned(Func<SyncedEvent, SyncedEvent> begins, string code, params SyncWarning[] others)
    {
        var row = begins(Sample.External(db.Link.Id, $"item {Guid.NewGuid()}"));
        LinkWarning[] warnings = [.. others.Prepend(new SyncWarning(new Reason(code, "why"), row.Id)).Select(w =>
            new LinkWarning(Guid.CreateVersion7(), db.Link.Id, Now, w))];
        Assert.True(await db.Commit(new ChangeSet { Keep = [row], Warnings = warnings }));
        return (await db.Events.Find(row.Id, TemporaryDatabase.Ct))!;
    }

    private async Task<IReadOnlyList<string>> Shown()
    {
        var view = await new GetStaffLinkHandler(
            db.Store, new NotificationBoard(new FakeCalendarQueue()), db.Time).Handle(new GetStaffLink("anna"),
            TemporaryDatabase.Ct);
        return [.. view.Value.Warnings.Select(w => w.Code)];
    }
}

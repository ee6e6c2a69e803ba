using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="ISyncedEventRepository"/> promises; which pushes are due is in <see cref="DueLinksContract{TDatabase}"/>.</summary>
public abstract class EventRepositoryContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_external_event_comes_back_as_it_was_kept()
    {
        var e =
            Sample.External(db.Link.Id, "AAMk+/=") with
            {
                IsPrivate = true,
                RemovalStaged = true,
                Unreadable = new UnreadableItem("ErrorItemCorrupt", "key+")
            };
        Assert.Equal(e with { Version = 1 }, await db.Kept(e));
    }

    [Fact]
    public async Task A_copy_comes_back_with_every_attempt()
    {
        var appointment = await db.Booked(Sample.Appointment("anna"));
        var first = CreateAttempt.Opened(Guid.CreateVersion7(), TemporaryDatabase.Now.AddMicroseconds(7));
        var copy = Sample.Copy(db.Link.Id, appointment.Id)
            .AttemptOpened(first, appointment.Content())
            .WrittenAs("item", "k1", appointment.Content(), first.Id)
            .ConfirmedAs("k2", "given by Exchange: 7%")
            .AttemptOpened(CreateAttempt.Opened(Guid.CreateVersion7(), TemporaryDatabase.Now.AddMicroseconds(9)), appointment.Content())
            .PushFailed(new Reason("ErrorServerBusy", "later"), TemporaryDatabase.Now.AddMicroseconds(11)) with
        { ItemAttempt = Guid.CreateVersion7(), BecameSeries = true };
        var found = await db.Kept(copy);
        Assert.Equal(copy.Attempts, found.Attempts);
        Assert.Equal(copy with { Version = 1 }, found with { Attempts = copy.Attempts });
        Assert.Equal([copy.Id], (await db.Events.CopiesOf([appointment.Id], Ct)).Select(e => e.Id));
    }

    [Fact]
    public async Task Named_finds_by_item_identity_or_id_within_the_link_only()
    {
        var other = await db.Linked(Sample.Link(db.Integration.Id, "named"));
        var one = await db.Kept(Sample.External(other.Id, "n1"));
        var two = await db.Kept(Sample.External(other.Id, "n2"));
        var three = await db.Kept(Sample.External(other.Id, "n3"));
        var elsewhere = await db.Kept(Sample.External(db.Link.Id, "n1"));
        var found = await db.Events.Named(other.Id, ["n1", "N2"], ["item:n2", "item:n1"], [three.Id, elsewhere.Id], Ct);
        Assert.Equal(new[] { one.Id, two.Id, three.Id }.Order(), found.Select(e => e.Id).Order());
        Assert.Equal(3, (await db.Events.OfLink(other.Id, Ct)).Count);
        Assert.Empty(await db.Events.Unsettled(other.Id, Ct));
    }

    [Fact]
    public async Task Item_ids_that_differ_in_case_only_are_two_rows()
    {
        var upper = await db.Kept(Sample.External(db.Link.Id, "AAMkAGI"));
        await db.Kept(Sample.External(db.Link.Id, "AAMkAGi"));
        Assert.Equal(upper.Id, Assert.Single(await db.Events.Named(db.Link.Id, ["AAMkAGI"], [], [], Ct)).Id);
    }

    [Fact]
    public async Task External_events_between_overlap_the_span_in_order_of_start()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "between"));
        var late = await db.Kept(Sample.External(link.Id, "late", 5));
        var early = await db.Kept(Sample.External(link.Id, "early", 3));
        await db.Kept(Sample.External(link.Id, "before", 2));
        await db.Kept(Sample.External(link.Id, "after", 6));
        await db.Kept(Sample.External(link.Id, "series", 4) with { Kind = EventKind.Series });
        var found = await db.Events.TakingTime(link.Id, TemporaryDatabase.Now.AddHours(3), TemporaryDatabase.Now.AddHours(6), Ct);
        Assert.Equal([early.Id, late.Id], found.Select(e => e.Id));
    }

    [Fact]
    public async Task Staged_are_those_whose_removal_waits()
    {
        var staged = await db.Kept(Sample.External(db.Link.Id, "staged").Staged());
        Assert.Contains(await db.Events.Unsettled(db.Link.Id, Ct), e => e.Id == staged.Id);
        Assert.True(await db.Commit(new ChangeSet { Remove = [staged] }));
        Assert.Null(await db.Events.Find(staged.Id, Ct));
    }
}

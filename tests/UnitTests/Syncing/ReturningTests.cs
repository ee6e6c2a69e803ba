using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>The same event under a new id is the same event: no removal, no undo, no second row.</summary>
public sealed class ReturningTests
{
    private readonly PlanFixture plan = new();

    [Fact]
    public void An_event_that_is_deleted_and_made_anew_in_one_page_keeps_its_row()
    {
        var row = Known("old", At(9), "u");
        var steps = plan.Plan(new RemoteChange.Staged(row.Id), new RemoteChange.Seen(Remote("new", At(10)) with { Uid = "u" }));
        var now = Assert.Single(plan.Own);
        Assert.Equal((row.Id, "new", "item:new", At(10), false), (now.Id, now.ItemId, now.Identity, now.Times, now.RemovalStaged));
        AssertNothingLeft(steps);
        Assert.Empty(plan.Plan(new RemoteChange.Seen(Remote("new", At(10)) with { Uid = "u" })));
    }

    [Fact]
    public void Whichever_of_the_two_a_page_tells_first()
    {
        var row = Known("old", At(9), "u");
        AssertNothingLeft(plan.Plan(new RemoteChange.Seen(Remote("new", At(9)) with { Uid = "u" }), new RemoteChange.Staged(row.Id)));
        Assert.Equal((row.Id, "new"), (Assert.Single(plan.Own).Id, plan.Own.Single().ItemId));
    }

    [Fact]
    public void A_window_in_which_every_event_has_a_new_id_removes_nothing_and_trips_no_fuse()
    {
        var rows = Enumerable.Range(0, 14).Select(i => Known($"old-{i}", At(8 + i), $"u{i}")).ToList();
        var view = rows.Select((r, i) => Remote($"new-{i}", r.Times!) with { Uid = r.Uid }).ToList();
        AssertNothingLeft(plan.Plan([.. WindowReading.Changes(view, [.. plan.Own])]));
        Assert.Equal(rows.Select(r => r.Id).Order(), plan.Own.Select(r => r.Id).Order());
        Assert.Empty(plan.Warnings);
        Assert.All(plan.Own, r => Assert.Null(r.Hold));
    }

    [Fact]
    public void What_an_earlier_page_made_of_it_goes_into_the_row_that_leaves_later()
    {
        plan.Link = plan.Link with { LastSyncedAt = DateTimeOffset.UnixEpoch };
        var row = Known("old", At(9), "u", new Guid(0, 0, 0, new byte[8]));
        plan.See(Remote("new", At(10)) with { Uid = "u" });
        Assert.Equal(2, plan.Own.Count());
        AssertNothingLeft(plan.Plan(new RemoteChange.Left(row.Id)));
        Assert.Equal((row.Id, "new", At(10)), (Assert.Single(plan.Own).Id, plan.Own.Single().ItemId, plan.Own.Single().Times));
    }

    [Fact]
    public void Of_two_imported_events_with_one_UID_the_deletion_of_one_is_a_deletion()
    {
        plan.Link = plan.Link with { LastSyncedAt = Now };
        var row = Known("one", At(9), "u");
        Known("two", At(9), "u");
        Assert.Single(plan.Plan(new RemoteChange.Left(row.Id)).OfType<SyncStep.Undoable>());
        Assert.Equal("two", Assert.Single(plan.Own).ItemId);
    }

    [Fact]
    public void Where_UIDs_are_double_or_missing_the_times_decide()
    {
        var rows = new[] { Known("a", At(9), "u"), Known("b", At(11), "u"), Known("c", At(13), null), Known("d", At(15), null) };
        RemoteEvent[] view =
        [
            Remote("b2", At(11)) with { Uid = "u" }, Remote("a2", At(9)) with { Uid = "u" }, Remote("d2", At(15)), Remote("c2", At(13)),
        ];
        AssertNothingLeft(plan.Plan([.. WindowReading.Changes(view, [.. plan.Own])]));
        Assert.Equal(["a2", "b2", "c2", "d2"], rows.Select(r => plan.Row(r.Id).ItemId!));
    }

    [Fact]
    public void Of_several_candidates_none_is_adopted_and_none_removed_until_an_admin_decides()
    {
        var row = Known("old", At(9), "u");
        plan.Plan(
            [.. WindowReading.Changes([Remote("x", At(11)) with { Uid = "u" }, Remote("y", At(12)) with { Uid = "u" }], [.. plan.Own])]);
        Assert.Equal((RemovalHold.Held, "old"), (plan.Row(row.Id).Hold, plan.Row(row.Id).ItemId));
        Assert.Equal("several-candidates", Assert.Single(plan.Warnings).Reason.Code);
        Assert.Equal(3, plan.Own.Count());
    }

    [Theory]
    [InlineData(RemovalHold.Held)]
    [InlineData(RemovalHold.Kept)]
    public void A_held_or_kept_event_that_comes_back_ends_its_hold_and_can_not_be_brought_back_a_second_time(RemovalHold hold)
    {
        var row = plan.Put(Known("old", At(9), "u") with { Hold = hold });
        var steps = plan.See(Remote("new", At(10)) with { Uid = "u" });
        var now = Assert.Single(plan.Own);
        Assert.Equal((row.Id, "new", At(10), null), (now.Id, now.ItemId, now.Times, now.Hold));
        AssertNothingLeft(steps);
        Assert.Equal("u", Assert.Single(steps.OfType<SyncStep.CameBack>()).Uid);
    }

    [Fact]
    public void An_event_that_is_there_is_not_replaced_by_another_of_its_UID()
    {
        var row = Known("old", At(9), "u");
        plan.See(Remote("new", At(10)) with { Uid = "u" });
        Assert.Equal("old", plan.Row(row.Id).ItemId);
        Assert.Equal(2, plan.Own.Count());
    }

    [Fact]
    public void What_a_report_says_has_left_and_the_window_of_the_same_pass_shows_has_not_left()
    {
        var row = plan.Put(Known("here", At(9), "u") with { RemovalStaged = true });
        AssertNothingLeft(plan.Plan(new RemoteChange.Left(row.Id), new RemoteChange.Seen(Remote("here", At(9)) with { Uid = "u" })));
        Assert.Equal((row.Id, false), (Assert.Single(plan.Own).Id, plan.Own.Single().RemovalStaged));
    }

    [Fact]
    public void What_came_and_went_within_one_pass_takes_no_row_along()
    {
        plan.Link = plan.Link with { LastSyncedAt = DateTimeOffset.UnixEpoch };
        var row = Known("old", At(9), "u", new Guid(0, 0, 0, new byte[8]));
        plan.See(Remote("new", At(9)) with { Uid = "u" });
        var came = plan.Own.Single(r => r.ItemId == "new");
        plan.Plan(new RemoteChange.Left(came.Id), new RemoteChange.Left(row.Id));
        Assert.Empty(plan.Own);
    }

    [Fact]
    public void A_deletion_is_one_although_its_double_only_has_a_new_id()
    {
        var (one, two) = (Known("one", At(9), "u"), Known("two", At(11), "u"));
        var steps = plan.Plan([.. WindowReading.Changes([Remote("two-again", At(11)) with { Uid = "u" }], [.. plan.Own])]);
        Assert.Equal(two.Id, Assert.Single(plan.Own).Id);
        Assert.Equal(one.Id, Assert.Single(steps.OfType<SyncStep.Undoable>()).Event.Id);
    }

    [Fact]
    public void A_persons_paste_of_a_copy_that_is_kept_and_comes_back_is_one_event()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        plan.See(Remote("item-1", At(9), "k2") with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = copy.Uid });
        var paste = Remote("pasted", At(15)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt), Uid = "of its own" };
        plan.See(paste);
        var row = plan.Put(plan.Own.Single(r => r.ItemId == "pasted") with { Hold = RemovalHold.Kept });
        plan.See(paste with { ItemId = "pasted again" });
        Assert.Equal((row.Id, "pasted again", null), (row.Id, plan.Row(row.Id).ItemId, plan.Row(row.Id).Hold));
        Assert.Equal(2, plan.Own.Count());
    }

    [Fact]
    public void A_paste_of_a_copy_takes_no_row_of_an_event()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        var row = Known("old", At(9), "u");
        plan.Plan(
            new RemoteChange.Left(row.Id),
            new RemoteChange.Seen(Remote("item-1", At(9), "k2") with { Uid = copy.Uid, Tag = new CopyTag(copy.Id, copy.ItemAttempt) }));
        Assert.Equal(copy.Id, Assert.Single(plan.Own).Id);
    }

    [Fact]
    public void What_shows_a_UID_as_private_takes_the_title_from_every_row_of_it()
    {
        var slot = At(9).Start;
        plan.Put(Known("o1", At(9), "u") with
        {
            OriginalStart = slot,
            Identity = "occurrence:u|1",
            Hold = RemovalHold.Kept,
            Title = "Dentist",
            Location = "Main street"
        });
        var steps = plan.See(new RemoteEvent
        {
            ItemId = "o2",
            ChangeKey = "k",
            Type = RemoteItemType.Occurrence,
            Uid = "u",
            OriginalStart = slot.AddDays(7),
            Times = At(33),
            Title = "Dentist",
            IsPrivate = true,
        });
        Assert.All(plan.Own, r => Assert.Equal((null, null, true), (r.Title, r.Location, r.IsPrivate)));
        Assert.Equal("u", Assert.Single(steps.OfType<SyncStep.Hide>()).Uid);
    }

    private static void AssertNothingLeft(IReadOnlyList<SyncStep> steps) =>
        Assert.DoesNotContain(steps, s => s is SyncStep.Undoable or SyncStep.Remember);

    private SyncedEvent Known(string item, EventTimes times, string? uid, Guid? id = null)
    {
        plan.See(Remote(item, times) with { Uid = uid });
        var row = plan.Own.Single(r => r.ItemId == item);
        if (id is not { } other) return row;
        plan.Drop(row);
        return plan.Put(row with { Id = other });
    }
}

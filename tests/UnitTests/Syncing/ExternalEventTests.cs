using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class ExternalEventTests
{
    private readonly PlanFixture plan = new();

    [Fact]
    public void An_event_that_counts_is_mirrored()
    {
        plan.See(Remote("a", At(9)));
        var row = Assert.Single(plan.Own);
        Assert.Equal(("a", "k1", "Dentist", EventKind.External), (row.ItemId, row.ChangeKey, row.Title, row.Kind));
    }

    [Fact]
    public void An_event_is_its_own_identity_and_no_other()
    {
        var single = Remote("a", At(9));
        var occurrence = single with { Type = RemoteItemType.Occurrence, Uid = "u", OriginalStart = At(9).Start };
        Assert.True(single.Is(single.Identity) && occurrence.Is(occurrence.Identity));
        Assert.False(single.Is("item:A") || single.Is("item:") || single.Is("stray:a") || single.Is(occurrence.Identity)
            || occurrence.Is(single.Identity));
    }

    [Fact]
    public void Replaying_a_page_that_was_already_applied_plans_nothing()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        Assert.Empty(plan.See(Remote("a", At(9)), Remote("b", At(11))));
    }

    [Theory]
    [InlineData(FreeBusy.Busy, true)]
    [InlineData(FreeBusy.OutOfOffice, true)]
    [InlineData(FreeBusy.Tentative, true)]
    [InlineData(FreeBusy.Free, false)]
    [InlineData(FreeBusy.WorkingElsewhere, false)]
    public void Busy_out_of_office_and_tentative_block_time_free_and_working_elsewhere_do_not(FreeBusy status, bool counts)
    {
        plan.See(Remote("a", At(9)) with { FreeBusy = status });
        Assert.Equal(counts, plan.Own.Any());
    }

    [Fact]
    public void An_event_set_free_leaves_and_comes_back_when_busy_again()
    {
        plan.See(Remote("a", At(9)));
        plan.See(Remote("a", At(9), "k2") with { FreeBusy = FreeBusy.Free });
        Assert.Empty(plan.Own);
        plan.See(Remote("a", At(9), "k3"));
        Assert.Single(plan.Own);
    }

    [Fact]
    public void A_zero_length_event_and_a_cancelled_meeting_do_not_block()
    {
        plan.See(Remote("a", At(9, 0)), Remote("b", At(10)) with { IsCancelled = true });
        Assert.Empty(plan.Own);
    }

    [Fact]
    public void An_event_outside_the_window_is_not_mirrored()
    {
        plan.See(
            Remote("past", EventTimes.Timed(Now.AddDays(-3), Now.AddDays(-3).AddHours(1), "UTC")),
            Remote("far", EventTimes.Timed(Now.AddYears(2), Now.AddYears(2).AddHours(1), "UTC")));
        Assert.Empty(plan.Own);
    }

    [Fact]
    public void A_private_event_keeps_its_time_and_loses_its_title()
    {
        plan.See(Remote("a", At(9)) with { IsPrivate = true });
        Assert.Equal((null, null, true), (plan.Own.Single().Title, plan.Own.Single().Location, plan.Own.Single().IsPrivate));
    }

    [Fact]
    public void With_the_toggle_off_no_title_is_stored()
    {
        plan.ShowTitles = false;
        plan.See(Remote("a", At(9)));
        Assert.Null(plan.Own.Single().Title);
    }

    [Fact]
    public void An_event_made_private_loses_its_stored_title()
    {
        plan.See(Remote("a", At(9)));
        plan.See(Remote("a", At(9), "k2") with { IsPrivate = true });
        Assert.Null(plan.Own.Single().Title);
    }

    [Fact]
    public void A_raised_projection_version_reads_an_unchanged_event_again()
    {
        plan.ShowTitles = false;
        plan.See(Remote("a", At(9)));
        (plan.ShowTitles, plan.ProjectionVersion) = (true, 2);
        plan.See(Remote("a", At(9)));
        Assert.Equal(("Dentist", 2), (plan.Own.Single().Title, plan.Own.Single().ProjectionVersion));
    }

    [Fact]
    public void An_occurrence_is_its_series_and_slot_whatever_its_item_id()
    {
        var slot = At(9).Start;
        plan.See(Remote("o1", At(9)) with { Type = RemoteItemType.Occurrence, Uid = "u", OriginalStart = slot });
        plan.See(Remote("o2", At(15), "k2") with { Type = RemoteItemType.Exception, Uid = "u", OriginalStart = slot });
        Assert.Equal(("o2", At(15).Start), (plan.Own.Single().ItemId, plan.Own.Single().Times!.Start));
    }

    [Fact]
    public void A_single_that_becomes_a_series_is_replaced_by_its_occurrences_in_one_plan()
    {
        plan.See(Remote("a", At(9)));
        plan.Plan(
            new RemoteChange.SeriesSeen("a", "k2", "u"),
            new RemoteChange.Seen(Remote("o1", At(9)) with { Type = RemoteItemType.Occurrence, Uid = "u", OriginalStart = At(9).Start }));
        Assert.Equal([EventKind.External, EventKind.Series], plan.Own.Select(e => e.Kind).Order());
        Assert.Equal("o1", plan.Own.Single(e => e.Kind is EventKind.External).ItemId);
    }

    [Fact]
    public void A_series_that_becomes_a_single_leaves_no_series_row()
    {
        plan.Plan(new RemoteChange.SeriesSeen("a", "k1", "u"));
        plan.See(Remote("a", At(9), "k2"));
        Assert.Equal(EventKind.External, plan.Own.Single().Kind);
    }

    [Fact]
    public void Item_ids_that_differ_only_in_case_are_two_events()
    {
        plan.See(Remote("AAMk", At(9)), Remote("AAmk", At(9)));
        Assert.Equal(2, plan.Own.Count());
    }

    [Fact]
    public void Occurrences_of_two_imported_series_with_one_UID_are_two_events_told_apart_by_item_id()
    {
        var one = Remote("o1", At(9)) with { Type = RemoteItemType.Occurrence, Uid = "u", OriginalStart = At(9).Start };
        RemoteEvent[] view = [one, one with { ItemId = "o2", Title = "Other" }];
        plan.Plan([.. WindowReading.Changes(view, [])]);
        Assert.Equal(["o1", "o2"], plan.Own.Select(e => e.ItemId).Order());
        Assert.Empty(plan.Plan([.. WindowReading.Changes(view, [.. plan.Own])]));
    }

    [Fact]
    public void A_removal_is_staged_and_dropped_when_the_item_comes_back()
    {
        plan.See(Remote("a", At(9)));
        var id = plan.Own.Single().Id;
        plan.Plan(new RemoteChange.Staged(id));
        Assert.True(plan.Row(id).RemovalStaged);
        plan.See(Remote("a", At(9), "k2"));
        Assert.False(plan.Row(id).RemovalStaged);
    }

    [Fact]
    public void A_window_removes_what_it_should_hold_but_does_not_and_judges_no_copy_by_absence()
    {
        plan.See(Remote("a", At(9)), Remote("b", At(11)));
        var copy = plan.Copy(plan.Appointment(At(14)), "c");
        plan.Plan([.. WindowReading.Changes([Remote("b", At(11))], [.. plan.Own])]);
        Assert.Equal(["b", "c"], plan.Own.Select(e => e.ItemId).Order());
        Assert.Equal([copy.Id], WindowReading.CopiesToAskFor([Remote("b", At(11))], [.. plan.Own]).Select(e => e.Id));
    }
}

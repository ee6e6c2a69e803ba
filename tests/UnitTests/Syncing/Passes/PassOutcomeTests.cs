using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing.Passes;

/// <summary>What follows from what a pass observed, given what is stored by then.</summary>
public sealed class PassOutcomeTests
{
    private const int Projection = 3;

    private static readonly SyncWindow Window = SyncWindow.At(Now, 12, CalendarZone.FindOrUtc("Europe/Berlin"));
    private static readonly PollPace Pace = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), Jitter: 0);
    private static readonly DriftSuspect Late = new("late", null), Lost = new("lost", null);

    private readonly PlanFixture plan = new();

    [Fact]
    public void Masters_come_first_then_what_left_then_the_window_and_last_what_was_asked_for()
    {
        var gone = plan.Put(Series("gone"));
        plan.Put(Series("told"));
        var missed = plan.Put(External("missed"));
        var outcome = Outcome(new PassObservation
        {
            Window = Window,
            Told = [new RemoteChange.SeriesSeen("told", "k", "uid")],
            TellsAllSeries = true,
            View = new WindowView([Remote("seen", At(9))]),
            AskedAgain = [new RemoteChange.Unreadable("again", null, "code")],
            Found = [new RemoteChange.Lost(Id(9))],
        });
        Assert.Equal(
            ["told", $"left {gone.Id}", $"left {missed.Id}", "seen", "again", "lost"], outcome.Changes.Select(InWords));
    }

    [Fact]
    public void A_series_that_was_not_told_has_left_only_if_all_were_told()
    {
        plan.Put(Series("untold"));
        Assert.Empty(Outcome(Whole() with { TellsAllSeries = false }).Changes);
        Assert.Single(Outcome(Whole()).Changes);
    }

    [Fact]
    public void Where_ids_mean_nothing_copies_lose_theirs_and_all_else_is_forgotten_and_has_not_left()
    {
        var copy = plan.Copy(plan.Appointment(At(9)));
        var own = plan.Put(External("own"));
        var series = plan.Put(Series("series"));
        var outcome = Outcome(Whole() with { IdsMeanNothing = true });
        Assert.Equal([copy.WithUnknownItem()], outcome.Known);
        Assert.Equal([own.Id, series.Id], outcome.Forgotten.Select(e => e.Id));
        Assert.Empty(outcome.Changes);
    }

    [Fact]
    public void What_an_admin_releases_is_what_is_held_by_then()
    {
        var held = plan.Put(External("held") with { Hold = RemovalHold.Held });
        plan.Put(External("kept") with { Hold = RemovalHold.Kept });
        plan.Put(External("free"));
        var outcome = Outcome(new PassObservation { Window = Window, ReleasesHeld = true });
        Assert.Equal([new RemoteChange.Left(held.Id)], outcome.Changes);
        Assert.Equal(plan.Link, outcome.Link);
    }

    [Fact]
    public void A_page_moves_the_cursor_and_keeps_the_window_due_and_no_pass_ends()
    {
        var page = new PassProgress.Page(new SyncCursor("next"), ChangeMentions.Nothing, WindowDue: true);
        var link = Outcome(Seen(page)).Link;
        Assert.Equal(plan.Link with { Cursor = new SyncCursor("next"), WindowReadDue = true }, link);
        plan.Link = link;
        Assert.True(Outcome(Seen(page with { WindowDue = false })).Link.WindowReadDue);
    }

    [Fact]
    public void A_cursor_that_an_admin_dropped_meanwhile_stays_dropped_and_the_next_pass_is_due_at_once()
    {
        plan.Link = plan.Link with { Cursor = null };
        var link = Outcome(Seen(new PassProgress.Page(new SyncCursor("next"), ChangeMentions.Nothing, false), new PassEnd(false))).Link;
        Assert.Equal((null, Now), (link.Cursor, link.NextSyncAt));
    }

    [Fact]
    public void A_reading_from_scratch_gives_the_cursor_the_identity_and_the_window_and_suspects_nothing()
    {
        plan.Link = plan.Link with
        {
            Cursor = null,
            CalendarReplaced = true,
            WindowReadDue = true,
            Drift = LinkDrift.None.Suspecting([Late]),
        };
        var outcome = Outcome(Whole() with { End = new PassEnd(Changed: true) });
        Assert.Empty(outcome.Warnings);
        Assert.Equal(
            plan.Link with
            {
                Cursor = new SyncCursor("whole"),
                IdentityVersion = 7,
                ProjectionVersion = Projection,
                CalendarReplaced = false,
                WindowReadDue = false,
                WindowReadOn = Window.Day,
                WindowStart = Window.Start,
                WindowEnd = Window.End,
                Drift = LinkDrift.None,
                Health = LinkHealth.Syncing,
                LastChangeAt = Now,
                LastSyncedAt = Now,
                NextSyncAt = Now.AddSeconds(30),
            },
            outcome.Link);
    }

    [Fact]
    public void A_pass_that_ends_ends_the_failures_and_is_due_again_by_the_last_change()
    {
        plan.Link = plan.Link with { Failures = 3, FailingSince = Now, LastChangeAt = Now.AddMinutes(-20) };
        var quiet = Outcome(new PassObservation { Window = Window, End = new PassEnd(Changed: false) }).Link;
        Assert.Equal((0, null, Now.AddMinutes(2)), (quiet.Failures, quiet.FailingSince, quiet.NextSyncAt));
        var busy = Outcome(new PassObservation { Window = Window, End = new PassEnd(Changed: true) }).Link;
        Assert.Equal((Now, Now.AddSeconds(30)), (busy.LastChangeAt, busy.NextSyncAt));
    }

    [Fact]
    public void What_no_page_explains_until_the_pass_ends_has_drifted_and_is_told()
    {
        plan.Link = plan.Link with { Drift = LinkDrift.None.Suspecting([Late, Lost]) };
        var late = new ChangeMentions(new HashSet<string> { "late" }, new HashSet<string>(), UnknownSeries: false);
        var page = new PassProgress.Page(new SyncCursor("c"), late, WindowDue: false);
        Assert.Empty(Outcome(Seen(page)).Warnings);
        var ended = Outcome(Seen(page, new PassEnd(Changed: true)));
        Assert.Equal(new LinkDrift { Events = 1, LastAt = Now }, ended.Link.Drift);
        Assert.Equal([SyncWarning.DriftHealed(1)], ended.Warnings);
    }

    [Fact]
    public void Where_changes_could_not_be_read_nothing_is_known_to_have_drifted()
    {
        plan.Link = plan.Link with { Drift = LinkDrift.None.Suspecting([Lost]) };
        var told = SyncWarning.ChangesUnreadable("code");
        var outcome = Outcome(new PassObservation { Window = Window, End = new PassEnd(true, false), Warnings = [told] });
        Assert.Equal([told], outcome.Warnings);
        Assert.Equal(plan.Link.Drift, outcome.Link.Drift);
    }

    [Fact]
    public void What_the_nightly_read_suspects_waits_for_the_next_pass()
    {
        plan.Link = plan.Link with { Drift = LinkDrift.None.Suspecting([Lost]) };
        var link = Outcome(new PassObservation { Window = Window, End = new PassEnd(true) { Suspects = [Late] } }).Link;
        Assert.Equal(new LinkDrift { Events = 1, LastAt = Now, Suspects = [Late] }, link.Drift);
    }

    [Fact]
    public void A_copy_that_is_found_as_a_series_has_the_window_read_again_unless_its_series_was_told_before_it()
    {
        RemoteChange[] found = [new RemoteChange.Seen(Remote("back", At(9)) with { Type = RemoteItemType.SeriesMaster })];
        var end = new PassEnd(Changed: true);
        var link = Outcome(new PassObservation { Window = Window, Found = found, End = end }).Link;
        Assert.Equal((true, Now), (link.WindowReadDue, link.NextSyncAt));
        Assert.False(Outcome(Whole() with { Found = found, End = end }).Link.WindowReadDue);
        Assert.False(Outcome(new PassObservation { Window = Window, Found = found }).Link.WindowReadDue);
    }

    [Fact]
    public void It_can_be_told_again_of_what_is_stored_by_then()
    {
        var seen = Whole() with { View = new WindowView([Remote("seen", At(9))]) };
        var first = Outcome(seen);
        var row = plan.Put(External("came meanwhile"));
        var again = Outcome(seen);
        Assert.Equal(first.Link, again.Link);
        Assert.Equal([$"left {row.Id}", "seen"], again.Changes.Select(InWords));
    }

    private static PassObservation Whole() => new()
    {
        Window = Window,
        TellsAllSeries = true,
        View = new WindowView([]),
        Progress = new PassProgress.Whole(new SyncCursor("whole"), IdentityVersion: 7),
    };

    private static PassObservation Seen(PassProgress progress, PassEnd? end = null) =>
        new() { Window = Window, Progress = progress, End = end };

    private static SyncedEvent External(string item) => Row(item, EventKind.External) with { Times = At(9) };

    private static SyncedEvent Series(string item) => Row(item, EventKind.Series);

    private static SyncedEvent Row(string item, EventKind kind) => new()
    {
        Id = Guid.CreateVersion7(),
        LinkId = Id(1),
        Kind = kind,
        Identity = $"item:{item}",
        ItemId = item,
        ChangeKey = "k1",
    };

    private static string InWords(RemoteChange change) => change switch
    {
        RemoteChange.SeriesSeen series => series.ItemId,
        RemoteChange.Left left => $"left {left.EventId}",
        RemoteChange.Seen seen => seen.Event.ItemId,
        RemoteChange.Unreadable unreadable => unreadable.ItemId,
        _ => "lost",
    };

    private PassOutcome Outcome(PassObservation seen) =>
        PassOutcome.Of(seen, seen.IsWhole ? [.. plan.Own] : [], plan.Link, Projection, Pace, Now);
}

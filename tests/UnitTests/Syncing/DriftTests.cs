using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

public sealed class DriftTests
{
    private static readonly TimeZoneInfo Berlin = CalendarZone.FindOrUtc("Europe/Berlin");
    private static readonly SyncWindow Today = SyncWindow.At(Now, 12, Berlin);
    private static readonly SyncWindow Yesterday = SyncWindow.At(Now.AddDays(-1), 12, Berlin);
    private readonly PlanFixture plan = new();

    [Fact]
    public void An_event_that_was_added_changed_or_removed_without_a_report_is_suspected()
    {
        plan.See(Remote("same", At(8)), Remote("moved", At(9)), Remote("renamed", At(10)), Remote("free", At(11)), Remote("gone", At(12)));
        var found = Suspects(
            Remote("same", At(8), "k2"),
            Remote("moved", At(9.5), "k2"),
            Remote("renamed", At(10)) with { Title = "Other" },
            Remote("free", At(11)) with { FreeBusy = FreeBusy.Free },
            Remote("added", At(13)));
        Assert.Equal(["added", "free", "gone", "moved", "renamed"], found);
    }

    [Fact]
    public void What_a_report_of_the_same_pass_names_is_no_drift()
    {
        plan.See(Remote("gone", At(9)), Occurrence("o1", At(10)));
        var view = new[] { Remote("added", At(11)) };
        Assert.Equal(["added", "gone", "o1"], Suspects(view));
        Assert.Empty(Suspects(view, Mentions(["added", "gone"], ["series"])));
        Assert.Equal(["added", "gone"], Suspects(view, Mentions([], [], unknown: true))); // an unknown item left: perhaps the series
    }

    [Fact]
    public void A_window_that_only_rolled_drifts_nothing()
    {
        plan.See(Remote("left behind", EventTimes.Timed(Yesterday.Start, Yesterday.Start.AddHours(1), "UTC")));
        Assert.Empty(Suspects(Remote("came in", EventTimes.Timed(Today.End.AddHours(-2), Today.End.AddHours(-1), "UTC"))));
    }

    [Fact]
    public void Copies_other_items_of_ours_held_events_and_poison_items_are_not_judged()
    {
        plan.Copy(plan.Appointment(At(9)));
        plan.Put(plan.Own.Single() with
        {
            Id = Id(50),
            Kind = EventKind.External,
            Identity = "item:held",
            ItemId = "held",
            Uid = null,
            Attempts = [],
            Times = At(15),
            Hold = RemovalHold.Held
        });
        plan.See(Remote("unreadable", At(16)) with { UnreadableCode = "ErrorItemCorrupt" });
        Assert.Empty(Suspects(Remote("item-1", At(12)), Remote("paste", At(13)) with { Tag = new CopyTag(Id(7), null) }));
    }

    [Fact]
    public void Reads_are_compared_only_if_nothing_but_the_day_changed()
    {
        var link = plan.Link with { WindowReadOn = Yesterday.Day, WindowEnd = Yesterday.End, ProjectionVersion = 1 };
        Assert.Equal((Today.Start, Yesterday.End), Shared(link));
        Assert.Null(Shared(link with { WindowReadOn = Today.Day })); // read again for another reason
        Assert.Null(Shared(link with { WindowReadOn = null }));
        Assert.Null(Shared(link with { WindowReadDue = true })); // an earlier pass was cut off
        Assert.Null(Shared(link with { ProjectionVersion = 0 }));
        Assert.Null(Shared(link with { WindowEnd = Yesterday.End.AddMonths(1) })); // another horizon
        Assert.Null(Shared(link with { TimeZone = "Asia/Tokyo" }));
    }

    [Fact]
    public void A_late_report_explains_a_suspect_and_what_stays_is_counted_once()
    {
        var drift = LinkDrift.None.Suspecting(
            [new DriftSuspect("late", null), new DriftSuspect("o1", "series"), new DriftSuspect("lost", null)]);
        drift = drift.ExplainedBy(Mentions(["late"], ["series"])).Established(Now).Established(Now.AddDays(1));
        Assert.Equal(new LinkDrift { Events = 1, LastAt = Now }, drift);
    }

    private static (DateTimeOffset, DateTimeOffset)? Shared(StaffCalendarLink link) =>
        DriftReading.Comparable(link, Today, 12, 1) is { } shared ? (shared.Start, shared.End) : null;

    private static RemoteEvent Occurrence(string item, EventTimes times) =>
        Remote(item, times) with { Type = RemoteItemType.Occurrence, Uid = "series", OriginalStart = times.Start };

    private static ChangeMentions Mentions(string[] items, string[] uids, bool unknown = false) =>
        new(items.ToHashSet(), uids.ToHashSet(), unknown);

    private string[] Suspects(params RemoteEvent[] view) => Suspects(view, ChangeMentions.Nothing);

    private string[] Suspects(RemoteEvent[] view, ChangeMentions mentions) =>
        [.. DriftReading.Suspects(Today with { End = Yesterday.End }, view, [.. plan.Own], true, mentions).Select(s => s.ItemId)
            .Order(StringComparer.Ordinal)];
}

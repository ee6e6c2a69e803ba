using CleanSync.Application.SyncedEvents;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;
using Xunit;
using static CleanSync.UnitTests.Syncing.PlanFixture;

namespace CleanSync.UnitTests.Syncing;

/// <summary>What is published as a rule is what the planner does.</summary>
public sealed class SyncRuleTests
{
    private readonly PlanFixture plan = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Planner_and_explanation_agree_over_random_items(int seed)
    {
        var random = new Random(seed);
        var told = new HashSet<string>();
        var copies = Enumerable.Range(0, 5).Select(i => plan.Copy(plan.Appointment(At(8 + i)), $"copy-{i}")).ToList();
        for (var i = 0; i < 1500; i++)
        {
            var item = RandomItem(random, copies);
            var explained = PullPlanner.Explain(plan.Basis(), item);
            plan.Plan(item);
            var id = item is RemoteChange.Seen seen ? seen.Event.ItemId : ((RemoteChange.Unreadable)item).ItemId;
            var shown = plan.Own.Where(e => e.ItemId == id && e.Kind is (EventKind.External or EventKind.Copy)).ToList();
            Assert.True(
                explained.LeftOutBy is null == (shown.Count > 0) || (explained.LeftOutBy == SyncRules.PoisonItem && shown.Count > 0),
                $"Seed {seed}, item {i}: {item} is {(shown.Count > 0 ? "kept" : "left out")}, but explained by {explained.LeftOutBy?.Id ?? "nothing"}.");
            told.Add(explained.LeftOutBy?.Id ?? "");
        }

        Assert.Superset(
            new HashSet<string>
            {
                "",
                "cancelled-meeting",
                "free-busy-free",
                "working-elsewhere",
                "zero-length",
                "outside-window",
                "series-master",
                "poison-item"
            },
            told);
    }

    [Fact]
    public void Every_rule_can_be_reached_and_each_id_is_given_once()
    {
        var reached = new List<SyncRule?> { SyncRules.NotDefaultCalendar, SyncRules.NotReadYet, SyncRules.LogonInDoubt,
            SyncRules.NotAnEvent, SyncRules.IdMeansNothing }; // held by stories against a server
        reached.AddRange(Judged(
            Remote("a", At(9)) with { IsCancelled = true },
            Remote("b", At(9)) with { FreeBusy = FreeBusy.Free },
            Remote("c", At(9)) with { FreeBusy = FreeBusy.WorkingElsewhere },
            Remote("d", At(9, 0)),
            Remote("declined", At(9)) with { MyResponse = MeetingResponse.Declined },
            Remote("e", EventTimes.Timed(Now.AddYears(3), Now.AddYears(3).AddHours(1), "UTC")),
            Remote("f", At(9)) with { Type = RemoteItemType.SeriesMaster }));
        reached.Add(PullPlanner.Explain(plan.Basis(), new RemoteChange.Unreadable("g", null, "ErrorItemCorrupt")).LeftOutBy);

        plan.Put(SyncedEvent.StrayOf(Guid.NewGuid(), plan.Link.Id, "stray", "k", null, Now));
        reached.AddRange(Judged(Remote("stray", At(9))));
        var series = plan.Put(plan.Copy(plan.Appointment(At(9)), "series") with { BecameSeries = true, Uid = "u" });
        reached.AddRange(Judged(Remote("occurrence", At(9)) with
        {
            Type = RemoteItemType.Occurrence,
            Uid = "u",
            OriginalStart = At(9).Start,
            Tag = new CopyTag(series.Id, null)
        }));

        var booked = plan.Appointment(At(10));
        var copy = plan.Copy(booked);
        reached.AddRange(
        [
            LinkRules.HoldsUp(booked, "anna", copy with { PushState = PushState.Gone }), LinkRules
                .HoldsUp(booked, "anna", copy with { PushState = PushState.Queued }),
            LinkRules.HoldsUp(booked, "anna", copy with { PushState = PushState.Failed }), LinkRules
                .HoldsUp(booked, "anna", null), LinkRules
                .HoldsUp(booked, "bert", null),
            LinkRules.HoldsUp(booked with { Status = AppointmentStatus.Cancelled }, "anna", copy with { PushState = PushState.Gone }),
            LinkRules.HoldsUp(booked, "anna", series),
            LinkRules.HoldsUp(booked, "anna", copy with { Hold = RemovalHold.Held }), LinkRules
                .HoldsUp(booked, "anna", copy with { Hold = RemovalHold.Kept }),
        ]);
        var isPrivate = copy.Withdrawn(Now).PushFailed(new Reason(new ItemIsPrivate("").Code, "private"), Now);
        reached.Add(LinkRules.HoldsUp(isPrivate));
        Assert.Equal(SyncRules.CopyIsPrivate, LinkRules.HoldsUp(booked, "anna", isPrivate));
        Assert.Null(LinkRules.HoldsUp(booked, "anna", copy));

        var link = plan.Link with { MailboxAddress = "anna@contoso.example", CalendarId = "c" };
        reached.AddRange(
        [
            LinkRules.HoldsUp(link with { Enabled = false }, IntegrationStatus.Active), LinkRules.HoldsUp(link, IntegrationStatus.Draft),
            LinkRules.HoldsUp(link, IntegrationStatus.PasswordUnreadable), LinkRules
                .HoldsUp(link, IntegrationStatus.CredentialRefused), LinkRules
                .HoldsUp(link, (IntegrationStatus)99),
            LinkRules.HoldsUp(link with { MailboxAddress = null }, IntegrationStatus.Active), LinkRules
                .HoldsUp(link with { Cursor = null }, IntegrationStatus.Active),
        ]);
        Assert.Null(LinkRules.HoldsUp(link, IntegrationStatus.Active));

        Assert.Distinct(SyncRules.All.Select(r => r.Id));
        Assert.Equal(
            SyncRules.All.Select(r => r.Id).Order(StringComparer.Ordinal),
            reached.Select(r => r!.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_says_in_words_what_is_so_and_what_to_do() => Assert.All(SyncRules.All, r =>
    {
        Assert.Matches("^[a-z]+(-[a-z]+)*$", r.Id);
        Assert.EndsWith(".", r.Meaning, StringComparison.Ordinal);
        Assert.EndsWith(".", r.WhatToDo, StringComparison.Ordinal);
    });

    [Fact]
    public void An_explanation_tells_the_row_that_is_stored_and_none_for_what_no_pass_has_read()
    {
        Assert.Equal(new ItemVerdict(null, null), PullPlanner.Explain(plan.Basis(), new RemoteChange.Seen(Remote("a", At(9)))));
        plan.See(Remote("a", At(9)));
        Assert.Equal(
            new ItemVerdict(null, plan.Own.Single()), PullPlanner.Explain(plan.Basis(), new RemoteChange.Seen(Remote("a", At(15), "k2"))));
        Assert.Equal(At(9).Start, plan.Own.Single().Times!.Start);
        var copy = plan.Copy(plan.Appointment(At(12)), "copy");
        Assert.Equal(
            copy,
            PullPlanner.Explain(
                plan.Basis(), new RemoteChange.Seen(Remote("copy", At(12)) with { Tag = new CopyTag(copy.Id, copy.ItemAttempt) })).Row);
    }

    [Fact]
    public void A_copy_that_Exchange_did_not_take_says_its_reason_and_Exchanges_code()
    {
        var booked = plan.Appointment(At(10));
        var failed = plan.Copy(booked).Queued(Now).PushFailed(new Reason("ErrorQuotaExceeded", "The mailbox is full."), Now);
        var finding = SyncFinding.Of(booked, "anna", failed);
        Assert.Equal(
            (false, "push-failed", "The mailbox is full.", "ErrorQuotaExceeded"),
            (finding.Synced, finding.Rule, finding.WhatToDo, finding.Code));
    }

    private IEnumerable<SyncRule?> Judged(params RemoteEvent[] items) =>
        items.Select(e => PullPlanner.Explain(plan.Basis(), new RemoteChange.Seen(e)).LeftOutBy);

    private static RemoteChange RandomItem(Random random, List<SyncedEvent> copies)
    {
        if (random.Next(20) == 0) return new RemoteChange.Unreadable($"unreadable-{random.Next(5)}", null, "ErrorItemCorrupt");
        if (random.Next(10) == 0)
        {
            var copy = copies[random.Next(copies.Count)];
            return new RemoteChange.Seen(Remote(copy.ItemId!, At(random.Next(24)),
                $"k{random.Next()}") with
            { Tag = new CopyTag(copy.Id, copy.ItemAttempt), FreeBusy = (FreeBusy)random.Next(5) });
        }

        var start = Now.AddDays(random.Next(-5, 400)).AddHours(random.Next(24));
        var type = random.Next(8) switch { 0 => RemoteItemType.SeriesMaster, 1 => RemoteItemType.Occurrence, _ => RemoteItemType.Single };
        var n = random.Next(200);
        return new RemoteChange.Seen(Remote($"item-{n}-{type}", EventTimes.Timed(start, start.AddHours(random.Next(3)), "UTC"),
            $"k{random.Next()}") with
        {
            Type = type,
            Uid = $"u{n}",
            OriginalStart = type is RemoteItemType.Occurrence ? Now.AddDays(n) : null,
            FreeBusy = (FreeBusy)random.Next(5),
            IsCancelled = random.Next(8) == 0,
            IsPrivate = random.Next(4) == 0,
        });
    }
}

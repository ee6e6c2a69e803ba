using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.Appointments;

public sealed class WaitingCopyTests
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private static readonly ExchangeIntegration Runs = Sample.Integration();
    private static readonly StaffCalendarLink Well = Sample.Link(Runs.Id, "anna") with { Health = LinkHealth.Syncing, Failures = 0 };
    private static readonly WaitingCopy Copy = new(CopyState.Queued, Now.AddSeconds(-1), null, Well, Runs, null);
    private static readonly PassFailure Unreachable = new(Now, new Reason("exchange-is-unreachable", "no answer"));

    private static readonly Dictionary<string, (WaitingCopy Copy, string Problem, DateTimeOffset? Next)> Cases = new()
    {
        ["it is due"] = (Copy, "queued", null),
        ["it is due later"] = (Copy with { DueAt = Now.AddMinutes(3) }, "queued", Now.AddMinutes(3)),
        ["its last try failed"] = (Copy with
        {
            State = CopyState.Failed,
            DueAt = Now.AddMinutes(3),
            Failure = new Reason("ErrorX", "why")
        }, "push-failed", Now.AddMinutes(3)),
        ["its removal failed"] = (Copy with
        {
            State = CopyState.Withdrawing,
            DueAt = Now.AddMinutes(3),
            Failure = new Reason("item-is-private", "why")
        }, "push-failed", Now.AddMinutes(3)),
        ["switched off"] = (Copy with { Link = Well with { Enabled = false, Failures = 3 } }, "link-is-disabled", null),
        ["switched off, and it goes"] = (Copy with
        {
            State = CopyState.Withdrawing,
            Link = Well with { Enabled = false, RemovesCopies = true }
        }, "queued", null),
        ["paused until"] = (Copy with { Integration = Runs with { LifeCycle = new LifeCycle.Paused("why", Now.AddHours(2)) } },
            "integration-is-paused", Now.AddHours(2)),
        ["paused without end"] = (Copy with { Integration = Runs.In(IntegrationStatus.Paused) }, "integration-is-paused",
            null),
        ["pause that ends just now"] = (Copy with
        {
            Integration = Runs with { LifeCycle = new LifeCycle.Paused("why", Now.AddSeconds(-1)) }
        }, "integration-is-paused", null),
        ["draft"] = (Copy with { Integration = Runs.In(IntegrationStatus.Draft) }, "integration-is-not-authorized", null),
        ["password refused"] = (Copy with
        {
            DueAt = Now.AddHours(1),
            Integration = Runs.In(IntegrationStatus.CredentialRefused)
        }, "credential-refused", null),
        ["no address"] = (Copy with { Link = Well with { MailboxAddress = null } }, "mailbox-address-is-missing", null),
        ["no such mailbox"] = (Copy with { Link = Failing(LinkState.Warning, "mailbox-not-found") }, "mailbox-not-found", Now.AddHours(1)),
        ["the link's next try is due"] = (Copy with { Link = Failing(LinkState.Error, "unexpected") with { NextSyncAt = Now } },
            "unexpected", null),
        ["passing failure"] = (Copy with { Link = Well with { Failures = 1, LastFailure = Unreachable, NextSyncAt = Now.AddSeconds(5) } },
            "exchange-is-unreachable", Now.AddSeconds(5)),
        ["a failure of long ago"] = (Copy with { Link = Well with { LastFailure = Unreachable } }, "queued", null),
        ["Exchange asked for a pause"] = (Copy with { Pause = new CopyPause(Now.AddMinutes(9), "busy") }, "exchange-is-busy",
            Now.AddMinutes(9)),
        ["a pause that is over"] = (Copy with { Pause = new CopyPause(Now, "busy") }, "queued", null),
        ["a pause that no call heeds"] = (Copy with { Pause = new CopyPause(Now.AddYears(2), "busy") }, "queued", null),
        ["the later of two waits"] = (Copy with { DueAt = Now.AddHours(3), Link = Failing(LinkState.Error, "unexpected") }, "unexpected",
            Now.AddHours(3)),
        ["never read"] = (Copy with { Link = Well with { Cursor = null } }, "first-sync-pending", null),
    };

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_receipt_says_why_it_waits_and_never_names_a_past_time(string which)
    {
        var (copy, problem, next) = Cases[which];
        var (why, until) = copy.At(Now);
        Assert.Equal((problem, next), (why.Problem, until));
        Assert.NotEmpty(why.Reason);
        Assert.False(until <= Now);
    }

    [Fact]
    public void Who_has_no_copy_is_told_why()
    {
        Assert.Equal("staff-member-is-not-linked", WaitingCopy.WithoutCopy("zoe", null).Problem);
        Assert.Equal("link-is-disabled", WaitingCopy.WithoutCopy("anna", Well with { Enabled = false }).Problem);
        Assert.Equal("appointment-was-over", WaitingCopy.WithoutCopy("anna", Well).Problem);
    }

    private static StaffCalendarLink Failing(LinkState state, string problem) =>
        Well with { Health = new LinkHealth(state, new Reason(problem, "why")), Failures = 2, NextSyncAt = Now.AddHours(1) };
}

using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

/// <summary>What happens to a link that is opened, or fails.</summary>
public sealed class LinkStateTests
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private static readonly StaffCalendarLink Read = Sample.Link(Guid.NewGuid(), "anna") with
    {
        CalendarId = "calendar",
        CalendarChecked = true,
        Cursor = new SyncCursor("cursor"),
        IdentityVersion = 2,
        Former = null,
    };

    [Fact]
    public void The_same_calendar_goes_on_from_its_cursor_and_another_one_is_read_whole_and_counts_as_replaced()
    {
        Assert.Equal(("cursor", false), Opened(Read.Checked("calendar", 2, Now)));
        Assert.Equal((null, true), Opened(Read.Checked("another", 2, Now)));
        Assert.Equal((null, false), Opened((Read with { CalendarId = null, Cursor = null }).Checked("another", 2, Now)));
        Assert.Equal((null, false), Opened((Read with { Former = new FormerMailbox(Read.IntegrationId, "old") }).Checked("another", 2, Now)));
    }

    [Fact]
    public void Under_another_identity_version_a_calendar_counts_as_the_same_and_is_read_whole_before_its_ids_count()
    {
        var opened = Read.Checked("calendar under another id", 3, Now);
        Assert.Equal((null, false), Opened(opened));
        Assert.Equal(("calendar under another id", 2), (opened.CalendarId, opened.IdentityVersion));
        Assert.Equal(3, (Read with { CalendarId = null }).Checked("first", 3, Now).IdentityVersion);
    }

    [Fact]
    public void What_may_pass_is_shown_as_before_unless_it_is_said_otherwise()
    {
        var error = new LinkHealth(LinkState.Error, new Reason("problem", "problem"));
        var broken = Read with { Health = error, Failures = 2 };
        Assert.Equal((3, error), (broken.FailedInPassing(Now).Failures, broken.FailedInPassing(Now).Health));
        Assert.Equal(error, Read.FailedInPassing(Now, error).Health);
    }

    [Fact]
    public void A_row_of_failures_counts_from_its_first_and_tells_its_last()
    {
        PassFailure first = new(Now, new Reason("first", "why")), last = new(Now.AddHours(1), new Reason("last", "why"));
        var failing = (Read with { FailingSince = null }).Failing(first).Failing(last);
        Assert.Equal((Now, last), (failing.FailingSince, failing.LastFailure));
    }

    [Fact]
    public void A_staff_member_who_is_linked_syncs_at_once_unless_each_is_switched_on_by_hand()
    {
        var office = Sample.Integration();
        Assert.Equal((true, Now), New(office.WithManualSyncing(false)));
        Assert.Equal((false, null), New(office.WithManualSyncing(true)));

        static (bool, DateTimeOffset?) New(Domain.ExchangeIntegrations.ExchangeIntegration under)
        {
            var link = StaffCalendarLink.New(Guid.NewGuid(), under, "anna", "Anna", "anna@contoso.example", "UTC", Now);
            return (link.Enabled, link.NextSyncAt);
        }
    }

    private static (string? Cursor, bool Replaced) Opened(StaffCalendarLink link) => (link.Cursor?.Value, link.CalendarReplaced);
}

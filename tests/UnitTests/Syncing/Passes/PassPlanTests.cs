using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.Syncing.Passes;

/// <summary>What the next pass does, told by what is stored.</summary>
public sealed class PassPlanTests
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private static readonly SyncSettings Office = Sample.Integration().SyncSettings;
    private static readonly SyncWindow Window = SyncWindow.At(Now, Office.HorizonMonths, TimeZoneInfo.Utc);

    private static readonly StaffCalendarLink Read = Sample.Link(Guid.NewGuid(), "anna") with
    {
        TimeZone = "UTC",
        CalendarId = "calendar",
        CalendarChecked = true,
        Cursor = new SyncCursor("cursor"),
        IdentityVersion = Office.IdentityVersion,
        ProjectionVersion = Office.ProjectionVersion,
        RecheckAskedAt = null,
        WindowReadOn = Window.Day,
        WindowStart = Window.Start,
        WindowEnd = Window.End,
        WindowReadDue = false,
    };

    [Fact]
    public void A_calendar_that_was_read_goes_on_from_its_cursor_and_may_be_written_at_once()
    {
        Assert.Equal(new PassPlan(OpensMailbox: false, IsWhole: false, IdsMeanNothing: false, MayWriteFirst: true), Plan(Read));
        Assert.False(PassPlan.ReadsWindow(Read, Office, Window));
    }

    [Fact]
    public void Without_a_cursor_it_is_read_whole_before_anything_is_written() => Assert.Equal(
        new PassPlan(OpensMailbox: true, IsWhole: true, IdsMeanNothing: false, MayWriteFirst: false), Plan(Read with { Cursor = null }));

    [Fact]
    public void A_mailbox_that_was_not_opened_is_opened_before_anything_is_written() => Assert.Equal(
        new PassPlan(OpensMailbox: true, IsWhole: false, IdsMeanNothing: false, MayWriteFirst: false),
        Plan(Read with { CalendarChecked = false }));

    [Fact]
    public void Under_ids_of_another_address_nothing_is_written_first() => Assert.Equal(
        new PassPlan(OpensMailbox: true, IsWhole: false, IdsMeanNothing: true, MayWriteFirst: false),
        Plan(Read with { IdentityVersion = Office.IdentityVersion + 1 }));

    [Fact]
    public void A_mailbox_is_opened_again_when_somebody_asks_and_every_day()
    {
        Assert.True(Plan(Read with { RecheckAskedAt = Now }) is { OpensMailbox: true, MayWriteFirst: true });
        Assert.True(PassPlan.For(Read, Office, Now.AddDays(1)) is { OpensMailbox: true, MayWriteFirst: true });
        Assert.False(PassPlan.For(Read, Office, Now.Date.AddDays(1).AddSeconds(-1)).OpensMailbox);
    }

    [Fact]
    public void The_window_is_read_when_it_was_asked_for_has_moved_or_shows_otherwise()
    {
        Assert.True(PassPlan.ReadsWindow(Read with { WindowReadDue = true }, Office, Window));
        Assert.True(PassPlan.ReadsWindow(Read, Office, Window with { Day = Window.Day.AddDays(1) }));
        Assert.True(PassPlan.ReadsWindow(Read, Office, Window with { End = Window.End.AddDays(1) }));
        Assert.True(PassPlan.ReadsWindow(Read, Office, Window with { Start = Window.Start.AddDays(1) }));
        Assert.False(PassPlan.ReadsWindow(Read with { WindowStart = null }, Office, Window));
        Assert.True(PassPlan.ReadsWindow(Read with { ProjectionVersion = Office.ProjectionVersion + 1 }, Office, Window));
    }

    private static PassPlan Plan(StaffCalendarLink link) => PassPlan.For(link, Office, Now);
}

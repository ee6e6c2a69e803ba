using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain.ExchangeIntegrations;
using Xunit;

namespace CleanSync.UnitTests.Notifications;

public sealed class SubscribableCalendarTests
{
    private static readonly SubscribableCalendar Anna = new(
        Guid.CreateVersion7(), "anna@contoso.example", "AAA=", true, true, true, Guid
            .CreateVersion7(), IntegrationStatus.Active, 4, ExchangeVersion.Exchange2010SP1, true);

    private static readonly Dictionary<string, (SubscribableCalendar Calendar, string? Reason)> Calendars = new()
    {
        ["as it should be"] = (Anna, null),
        ["switched off"] = (Anna with { Enabled = false }, "switched off for this staff member"),
        ["integration stopped"] = (Anna with { Status = IntegrationStatus.CredentialRefused }, "CredentialRefused"),
        ["delegate access"] = (Anna with { UseImpersonation = false }, "delegate access"),
        ["2010"] = (Anna with { Version = ExchangeVersion.Exchange2010 }, "2010 SP1"),
        ["2007"] = (Anna with { Version = ExchangeVersion.Exchange2007SP1 }, "2010 SP1"),
        ["not read yet"] = (Anna with { WasRead = false }, "not been read"),
        ["not opened yet"] = (Anna with { CalendarChecked = false }, "not been read"),
        ["no address"] = (Anna with { Mailbox = null }, "not been read"),
    };

    public static TheoryData<string> Cases() => [.. Calendars.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_calendar_is_listened_to_or_says_why_not(string which)
    {
        var (calendar, reason) = Calendars[which];
        var said = calendar.WhyPolled(new NotificationOptions());
        Assert.Equal(reason is null, said is null);
        Assert.Contains(reason ?? "", said ?? "", StringComparison.Ordinal);
        Assert.NotNull(calendar.WhyPolled(new NotificationOptions { Enabled = false }));
    }

    [Fact]
    public void A_calendar_that_rings_is_polled_slowly_and_one_that_stops_ringing_is_read_at_once()
    {
        var queue = new FakeCalendarQueue();
        var board = new NotificationBoard(queue);
        var next = new NextPass(new SyncOptions(), board, new NoJitter());
        var now = DateTimeOffset.UnixEpoch;
        TimeSpan Pace() => next.PaceOf(Anna.LinkId).Interval(lastChange: now, now);
        Assert.Equal(TimeSpan.FromSeconds(30), Pace());
        board.Show(Anna.LinkId, LinkNotifications.Streaming);
        Assert.Equal((TimeSpan.FromMinutes(10), 0), (Pace(), queue.Take().Count));
        board.Show(Anna.LinkId, LinkNotifications.Polled("why"));
        board.Show(Anna.LinkId, LinkNotifications.Polled("another why"));
        Assert.Equal((TimeSpan.FromSeconds(30), 1), (Pace(), queue.Take().Count));
    }

    private sealed class NoJitter : IJitter
    {
        public double Next() => 0;
    }
}

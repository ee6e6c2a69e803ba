using CleanSync.Application.Syncing.Notifications;
using Xunit;

namespace CleanSync.UnitTests.Notifications;

/// <summary>As of when a calendar is known to be right.</summary>
public sealed class FreshnessTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 6, 12, 0, 0, TimeSpan.Zero);
    private readonly Guid anna = Guid.CreateVersion7();
    private readonly NotificationBoard board = new(new FakeCalendarQueue());

    [Fact]
    public void A_sign_of_life_counts_for_a_calendar_whose_own_subscription_is_in_the_stream_and_that_was_read_since_it_last_rang()
    {
        board.Confirmed(anna, At(0));
        board.Lives(anna, At(1));
        Assert.Equal(At(-5), AsOf()); // not read since the opening
        board.WasRead(anna, At(2), At(2));
        board.Lives(anna, At(10));
        Assert.Equal(At(10), AsOf());
    }

    [Fact]
    public void It_does_not_count_after_a_notification_until_a_pass_that_began_later_ends_well()
    {
        Heard();
        board.Notified(anna, At(20));
        board.Lives(anna, At(21));
        Assert.Equal(At(10), AsOf());
        board.WasRead(anna, At(19), At(22)); // it had begun before
        board.Lives(anna, At(22));
        Assert.Equal(At(10), AsOf());
        board.WasRead(anna, At(23), At(23));
        board.Lives(anna, At(30));
        Assert.Equal(At(30), AsOf());
    }

    [Fact]
    public void It_does_not_count_after_a_pass_that_failed()
    {
        Heard();
        board.WasNotRead(anna);
        board.Lives(anna, At(20));
        Assert.Equal(At(10), AsOf());
    }

    [Fact]
    public void It_does_not_count_for_a_subscription_that_the_stream_does_not_hold()
    {
        Heard();
        board.Silent(anna);
        board.Lives(anna, At(20));
        Assert.Equal(At(10), AsOf());
        var bert = Guid.CreateVersion7();
        board.WasRead(bert, At(1), At(1));
        board.Lives(bert, At(20));
        Assert.Equal(At(-5), board.AsOf(bert, At(-5), At(60)));
    }

    [Fact]
    public void A_later_pass_counts_by_itself_and_nothing_does_before_the_first()
    {
        Heard();
        Assert.Equal(At(40), board.AsOf(anna, At(40), At(60)));
        Assert.Null(board.AsOf(anna, null, At(60)));
    }

    [Fact]
    public void What_a_clock_that_was_ahead_has_noted_counts_for_nothing_when_it_is_right_again()
    {
        Heard();
        board.Lives(anna, At(20).AddYears(2));
        Assert.Equal(At(-5), AsOf());
        Assert.Null(board.AsOf(anna, At(15).AddYears(2), At(60)));
        Assert.Equal(At(60).AddSeconds(1), board.AsOf(anna, At(60).AddSeconds(1), At(60))); // of a node whose clock differs a little
        board.WasNotRead(anna);
        board.Lives(anna, At(21));
        Assert.Equal(At(-5), AsOf());
    }

    [Fact]
    public void A_notification_that_a_clock_that_was_ahead_has_noted_is_read_by_the_next_pass()
    {
        Heard();
        board.Notified(anna, At(20).AddYears(2));
        board.Lives(anna, At(21));
        Assert.Equal(At(10), AsOf());
        board.WasRead(anna, At(22), At(23));
        board.Lives(anna, At(30));
        Assert.Equal(At(30), AsOf());
    }

    private void Heard()
    {
        board.Confirmed(anna, At(0));
        board.WasRead(anna, At(1), At(1));
        board.Lives(anna, At(10));
        Assert.Equal(At(10), AsOf());
    }

    private DateTimeOffset? AsOf() => board.AsOf(anna, At(-5), At(60));

    private static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);
}

using CleanSync.Application.Syncing.Notifications;
using Xunit;

namespace CleanSync.UnitTests.Notifications;

/// <summary>As of when a calendar is known to be right.</summary>
public sealed class FreshnessTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 6, 12, 0, 0, TimeSpan.Zero);
    private readonly Guid anna = Guid.CreateVersion7();
    private readonly NotificationBoard board = new(new FakeBell());

    [Fact]
    public void A_sign_of_life_counts_for_a_calendar_whose_own_subscription_is_in_the_stream_and_that_was_read_since_it_last_rang()
    {
        board.Confirmed(anna, At(0));
        board.Lives(anna, At(1));
        Assert.Equal(At(-5), AsOf()); // not read since the opening
        board.WasRead(anna, At(2));
        board.Lives(anna, At(10));
        Assert.Equal(At(10), AsOf());
    }

    [Fact]
    public void It_does_not_count_after_a_notification_until_a_pass_that_began_later_ends_well()
    {
        Heard();
        board.Rang(anna, At(20));
        board.Lives(anna, At(21));
        Assert.Equal(At(10), AsOf());
        board.WasRead(anna, At(19)); // it had begun before
        board.Lives(anna, At(22));
        Assert.Equal(At(10), AsOf());
        board.WasRead(anna, At(23));
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
        board.WasRead(bert, At(1));
        board.Lives(bert, At(20));
        Assert.Equal(At(-5), board.AsOf(bert, At(-5)));
    }

    [Fact]
    public void A_later_pass_counts_by_itself_and_nothing_does_before_the_first()
    {
        Heard();
        Assert.Equal(At(40), board.AsOf(anna, At(40)));
        Assert.Null(board.AsOf(anna, null));
    }

    private void Heard()
    {
        board.Confirmed(anna, At(0));
        board.WasRead(anna, At(1));
        board.Lives(anna, At(10));
        Assert.Equal(At(10), AsOf());
    }

    private DateTimeOffset? AsOf() => board.AsOf(anna, At(-5));

    private static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);
}

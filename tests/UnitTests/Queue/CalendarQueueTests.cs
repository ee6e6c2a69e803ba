using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Queue;

public sealed class CalendarQueueTests : IDisposable
{
    private static readonly Guid Office = Guid.CreateVersion7();
    private static readonly DueLink A = new(Guid.CreateVersion7(), Office);
    private static readonly DueLink B = new(Guid.CreateVersion7(), Office);
    private readonly NotificationOptions options = new();
    private readonly FakeTimeProvider clock = new();
    private readonly CalendarQueue queue;

    public CalendarQueueTests() => queue = new CalendarQueue(new SyncOptions(), options, clock);

    public void Dispose() => queue.Dispose();

    [Fact]
    public void A_calendar_that_changed_is_read_once_when_it_has_been_quiet_for_a_moment()
    {
        queue.Add(CalendarWork.Changes, [A]);
        clock.Advance(options.QuietTime / 2);
        queue.Add(CalendarWork.Changes, [A, A]);
        clock.Advance(options.QuietTime / 2);
        Assert.Null(queue.Take());
        clock.Advance(options.QuietTime / 2);
        Assert.Equal((A.LinkId, CalendarWork.Changes), queue.Take());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(queue.Take());
    }

    [Fact]
    public void A_calendar_that_never_falls_quiet_is_read_all_the_same()
    {
        for (var since = TimeSpan.Zero; since < options.LongestQuiet; since += options.QuietTime / 5)
        {
            queue.Add(CalendarWork.Changes, [A]);
            clock.Advance(options.QuietTime / 5);
        }

        Assert.Equal((A.LinkId, CalendarWork.Changes), queue.Take());
    }

    [Fact]
    public void What_is_to_be_written_does_not_wait_for_the_calendar_to_fall_quiet()
    {
        queue.Add(CalendarWork.Changes, [A]);
        queue.Add(CalendarWork.Push, [A]);
        Assert.Equal((A.LinkId, CalendarWork.Changes | CalendarWork.Push), queue.Take());
        queue.Done(A.LinkId);
        clock.Advance(options.LongestQuiet);
        Assert.Null(queue.Take());
    }

    [Fact]
    public void What_is_announced_while_it_is_worked_at_is_done_once_more_and_not_meanwhile()
    {
        queue.Add(CalendarWork.Push, [A]);
        Assert.Equal(A.LinkId, queue.Take()?.LinkId);
        queue.Add(CalendarWork.DuePass, [A]);
        queue.Add(CalendarWork.Push, [A, B]);
        Assert.Equal((B.LinkId, CalendarWork.Push), queue.Take());
        Assert.Null(queue.Take());
        queue.Done(A.LinkId);
        Assert.Equal((A.LinkId, CalendarWork.DuePass | CalendarWork.Push), queue.Take());
        queue.Done(A.LinkId);
        Assert.Null(queue.Take());
    }

    [Fact]
    public void A_change_that_is_told_while_the_calendar_is_read_is_read_when_it_is_quiet()
    {
        queue.Add(CalendarWork.DuePass, [A]);
        queue.Take();
        queue.Add(CalendarWork.Changes, [A]);
        queue.Done(A.LinkId);
        Assert.Null(queue.Take());
        clock.Advance(options.QuietTime);
        Assert.Equal((A.LinkId, CalendarWork.Changes), queue.Take());
    }

    [Fact]
    public void What_could_not_be_read_is_tried_again_after_a_pause_that_no_further_change_shortens()
    {
        queue.Add(CalendarWork.DuePass, [A]);
        queue.Take();
        queue.Done(A.LinkId, CalendarWork.Changes, TimeSpan.FromSeconds(5));
        queue.Add(CalendarWork.Changes, [A]);
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(queue.Take());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((A.LinkId, CalendarWork.Changes), queue.Take());
    }

    [Fact]
    public void A_calendar_waits_until_its_integration_is_known_and_one_that_has_none_is_dropped()
    {
        queue.Add(CalendarWork.Push, [A.LinkId, B.LinkId]);
        Assert.Null(queue.Take());
        Assert.Equal([A.LinkId, B.LinkId], queue.WithoutIntegration().OrderBy(id => id == B.LinkId));
        queue.Place([A.LinkId, B.LinkId], new Dictionary<Guid, Guid> { [A.LinkId] = Office });
        Assert.Equal(A.LinkId, queue.Take()?.LinkId);
        Assert.Null(queue.Take());
        queue.Done(A.LinkId);
        Assert.True(queue.Idle.IsCompleted);
    }

    [Fact]
    public void It_is_idle_when_nothing_is_ready_and_nothing_is_being_done()
    {
        queue.Add(CalendarWork.Changes, [A]);
        queue.Add(CalendarWork.CleanUp, [B]);
        var idle = queue.Idle;
        queue.Take();
        Assert.False(idle.IsCompleted);
        queue.Done(B.LinkId);
        Assert.True(idle.IsCompleted);
    }
}

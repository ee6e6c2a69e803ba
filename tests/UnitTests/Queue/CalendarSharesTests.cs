using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Queue;

/// <summary>With room for 32 calendars, and for 16 of one integration.</summary>
public sealed class CalendarSharesTests : IDisposable
{
    private static readonly Guid Hanging = Guid.CreateVersion7();
    private static readonly Guid Sound = Guid.CreateVersion7();
    private readonly CalendarQueue queue = new(
        new SyncOptions { Parallelism = 32, CallsAtOnce = 8 }, new NotificationOptions(), new FakeTimeProvider());

    public void Dispose() => queue.Dispose();

    [Fact]
    public void An_integration_that_stands_still_takes_no_more_than_its_share_whatever_is_announced_for_it()
    {
        foreach (var work in new[] { CalendarWork.Push, CalendarWork.DuePass, CalendarWork.CleanUp, CalendarWork.Push })
            queue.Add(work, Links(Hanging, 1000));
        Assert.Equal(16, Taken().Count);
        queue.Add(CalendarWork.Push, Links(Sound, 3));
        Assert.Equal(3, Taken().Count);
    }

    [Theory]
    [InlineData(CalendarWork.Push, 12)]
    [InlineData(CalendarWork.DuePass, 9)]
    [InlineData(CalendarWork.CleanUp, 9)]
    public void No_kind_of_work_takes_all_of_the_room(CalendarWork work, int most)
    {
        queue.Add(work, Links(Sound, 100));
        Assert.Equal(most, Taken().Count);
    }

    [Fact]
    public void What_is_due_and_what_changed_leave_a_quarter_to_what_is_booked()
    {
        queue.Add(CalendarWork.Changes | CalendarWork.CleanUp, Links(Hanging, 100)); // not only changes, so it waits for no quiet
        Assert.Equal(9, Taken().Count);
        queue.Add(CalendarWork.DuePass, Links(Hanging, 100));
        Assert.Equal(3, Taken().Count(work => work is CalendarWork.DuePass));
        queue.Add(CalendarWork.Push, Links(Hanging, 100));
        Assert.Equal(4, Taken().Count(work => work is CalendarWork.Push));
    }

    [Fact]
    public void Pushes_go_before_changes_and_changes_before_what_is_due()
    {
        var (due, changed, booked) = (Links(Sound, 1), Links(Sound, 1), Links(Sound, 1));
        queue.Add(CalendarWork.DuePass, due);
        queue.Add(CalendarWork.Changes | CalendarWork.DuePass, changed);
        queue.Add(CalendarWork.Push, booked);
        Assert.Equal(
            [booked[0].LinkId, changed[0].LinkId, due[0].LinkId],
            Enumerable.Range(0, 3).Select(_ => queue.Take()!.Value.LinkId));
    }

    [Fact]
    public void What_somebody_waits_for_goes_before_what_is_due()
    {
        var due = Links(Sound, 40);
        queue.Add(CalendarWork.DuePass, due);
        Taken();
        queue.Add(CalendarWork.Push, [due[39]]);
        Assert.Equal((due[39].LinkId, CalendarWork.DuePass | CalendarWork.Push), queue.Take());
        queue.Done(due[39].LinkId);
        queue.Done(due[0].LinkId);
        Assert.Equal(due[9].LinkId, queue.Take()?.LinkId);
    }

    [Fact]
    public void Integrations_are_in_turn()
    {
        var (first, second) = (Links(Hanging, 40), Links(Sound, 40));
        queue.Add(CalendarWork.DuePass, first);
        queue.Add(CalendarWork.DuePass, second);
        Assert.Equal(
            [first[0].LinkId, second[0].LinkId, first[1].LinkId, second[1].LinkId],
            Enumerable.Range(0, 4).Select(_ => queue.Take()!.Value.LinkId));
    }

    [Fact]
    public void What_has_ended_makes_room()
    {
        queue.Add(CalendarWork.Push, Links(Sound, 30));
        var begun = new Queue<Guid>();
        for (var done = 0; done < 30; done++)
        {
            while (queue.Take() is var (linkId, _)) begun.Enqueue(linkId);
            Assert.InRange(begun.Count, 1, 12);
            queue.Done(begun.Dequeue());
        }

        Assert.True(queue.Idle.IsCompleted);
    }

    private static List<DueLink> Links(Guid integration, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new DueLink(Guid.CreateVersion7(), integration))];

    private List<CalendarWork> Taken()
    {
        var taken = new List<CalendarWork>();
        while (queue.Take() is var (_, work)) taken.Add(work);
        return taken;
    }
}

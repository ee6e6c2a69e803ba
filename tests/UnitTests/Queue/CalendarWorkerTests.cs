using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Scheduling;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CleanSync.UnitTests.Queue;

public sealed class CalendarWorkerTests : IAsyncDisposable
{
    private static readonly Guid Office = Guid.CreateVersion7();
    private static readonly DueLink A = new(Guid.CreateVersion7(), Office);
    private static readonly DueLink B = new(Guid.CreateVersion7(), Office);
    private readonly HeldWork held = new();
    private readonly ServiceProvider services;
    private readonly CalendarQueue queue;
    private readonly CalendarWorkerLoop loop;

    public CalendarWorkerTests()
    {
        var options = new SyncOptions();
        services = new ServiceCollection()
            .AddTransient<ServiceFactory>(p => p.GetService!).AddTransient<IMediator, Mediator>()
            .AddSingleton<IRequestHandler<WorkOnCalendar, Result>>(held).BuildServiceProvider();
        queue = new CalendarQueue(options, new NotificationOptions(), TimeProvider.System);
        var worker = new CalendarWorker(
            queue, null!, services.GetRequiredService<IServiceScopeFactory>(), options, NullLogger<CalendarWorker>.Instance);
        var heartbeat = new Heartbeat(new ExceptionStreaks(options, TimeProvider.System), null!, NullLogger<Heartbeat>.Instance);
        loop = new CalendarWorkerLoop(worker, queue, new SoleCalendarClaims(TimeProvider.System), heartbeat, TimeProvider.System);
        _ = loop.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await loop.StopAsync(CancellationToken.None);
        loop.Dispose();
        queue.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Calendars_are_worked_at_side_by_side_and_one_that_waits_once()
    {
        queue.Add(CalendarWork.Push, [A, B]);
        Begun[] both = [await held.Next(), await held.Next()]; // in either order: they run side by side
        queue.Add(CalendarWork.Push, [A]);
        queue.Add(CalendarWork.DuePass, [A]);
        both.Single(b => b.LinkId == A.LinkId).End();
        var again = await held.Next();
        Assert.Equal((A.LinkId, CalendarWork.Push | CalendarWork.DuePass), (again.LinkId, again.Work));
        again.End();
        both.Single(b => b.LinkId == B.LinkId).End();
        await queue.Idle;
        Assert.Equal(3, held.Count);
    }

    [Fact]
    public async Task An_unhandled_exception_stops_neither_the_calendar_nor_the_others()
    {
        queue.Add(CalendarWork.Push, [A]);
        (await held.Next()).Fail();
        foreach (var link in new[] { B, A })
        {
            queue.Add(CalendarWork.Push, [link]);
            var next = await held.Next();
            Assert.Equal(link.LinkId, next.LinkId);
            next.End();
        }
    }

    [Fact]
    public async Task At_its_end_it_waits_for_what_was_begun()
    {
        queue.Add(CalendarWork.Push, [A]);
        await held.Next();
        Assert.False(queue.Idle.IsCompleted);
        await loop.StopAsync(CancellationToken.None);
        Assert.True(queue.Idle.IsCompleted);
    }
}

using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Domain;
using CleanSync.Infrastructure.Scheduling;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CleanSync.UnitTests.Scheduling;

public sealed class PushDispatcherTests : IAsyncLifetime
{
    private static readonly Guid A = Guid.CreateVersion7();
    private static readonly Guid B = Guid.CreateVersion7();
    private readonly PushSignal signal = new();
    private readonly HeldPushes pushes = new();
    private readonly ServiceProvider services;
    private readonly PushDispatcher dispatcher;

    public PushDispatcherTests()
    {
        services = new ServiceCollection()
            .AddTransient<ServiceFactory>(p => p.GetService!).AddTransient<IMediator, Mediator>()
            .AddSingleton<IRequestHandler<PushPendingEvents, Result>>(pushes).BuildServiceProvider();
        dispatcher = new PushDispatcher(
            signal,
            services.GetRequiredService<IServiceScopeFactory>(),
            new SyncOptions { Parallelism = 2 },
            NullLogger<PushDispatcher>.Instance);
    }

    public async ValueTask InitializeAsync() => await dispatcher.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await dispatcher.StopAsync(CancellationToken.None);
        dispatcher.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Links_are_pushed_side_by_side_and_a_waiting_one_once()
    {
        signal.Announce([A, B]);
        var first = await pushes.Next();
        var second = await pushes.Next();
        var third = Guid.CreateVersion7();
        signal.Announce([third, third]);
        signal.Announce([third]);
        first.End();
        var last = await pushes.Next();
        Assert.Equal(third, last.LinkId);
        last.End();
        second.End();
        Assert.Equal([third, third], [last.LinkId, (await RingAndNext(third)).LinkId]);
        Assert.Equal(4, pushes.Begun);
    }

    [Fact]
    public async Task A_link_that_rings_during_its_push_is_pushed_once_more_and_never_twice_at_once()
    {
        signal.Announce([A]);
        var first = await pushes.Next();
        signal.Announce([A]);
        signal.Announce([A]);
        signal.Announce([B]); // the second worker is free, yet A is not begun again
        var other = await pushes.Next();
        Assert.Equal(B, other.LinkId);
        other.End();
        first.End();
        var again = await pushes.Next();
        Assert.Equal(A, again.LinkId);
        again.End();
        Assert.Equal(B, (await RingAndNext(B)).LinkId);
        Assert.Equal(4, pushes.Begun);
    }

    [Fact]
    public async Task A_surprise_stops_neither_the_link_nor_the_others()
    {
        signal.Announce([A]);
        (await pushes.Next()).Fail();
        Assert.Equal(B, (await RingAndNext(B)).LinkId);
        Assert.Equal(A, (await RingAndNext(A)).LinkId);
    }

    private async Task<Push> RingAndNext(Guid linkId)
    {
        signal.Announce([linkId]);
        var push = await pushes.Next();
        push.End();
        return push;
    }
}

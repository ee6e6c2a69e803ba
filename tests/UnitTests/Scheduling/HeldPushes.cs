using System.Threading.Channels;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Domain;
using MediatR;
using Xunit;

namespace CleanSync.UnitTests.Scheduling;

/// <summary>Pushes that begin when the dispatcher says so and end when the test says so.</summary>
internal sealed class HeldPushes : IRequestHandler<PushPendingEvents, Result>
{
    private readonly Channel<Push> begun = Channel.CreateUnbounded<Push>();
    private int count;

    public int Begun => count;

    public async Task<Result> Handle(PushPendingEvents request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref count);
        var push = new Push(request.LinkId);
        await begun.Writer.WriteAsync(push, cancellationToken);
        await push.Ended.WaitAsync(cancellationToken);
        return Result.Done;
    }

    public ValueTask<Push> Next() => begun.Reader.ReadAsync(TestContext.Current.CancellationToken);
}

internal sealed class Push(Guid linkId)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid LinkId { get; } = linkId;

    public Task Ended => ended.Task;

    public void End() => ended.TrySetResult();

    public void Fail() => ended.TrySetException(new InvalidOperationException("an unhandled exception"));
}

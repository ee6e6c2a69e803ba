using System.Threading.Channels;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain;
using MediatR;
using Xunit;

namespace CleanSync.UnitTests.Queue;

/// <summary>Work that begins when the worker says so and ends when the test says so.</summary>
internal sealed class HeldWork : IRequestHandler<WorkOnCalendar, Result>
{
    private readonly Channel<Begun> begun = Channel.CreateUnbounded<Begun>();
    private int count;

    public int Count => count;

    public async Task<Result> Handle(WorkOnCalendar request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref count);
        var work = new Begun(request.LinkId, request.Work);
        await begun.Writer.WriteAsync(work, cancellationToken);
        return await work.Ended.WaitAsync(cancellationToken);
    }

    public ValueTask<Begun> Next() => begun.Reader.ReadAsync(TestContext.Current.CancellationToken);
}

internal sealed class Begun(Guid linkId, CalendarWork work)
{
    private readonly TaskCompletionSource<Result> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid LinkId { get; } = linkId;

    public CalendarWork Work { get; } = work;

    public Task<Result> Ended => ended.Task;

    public void End() => ended.TrySetResult(Result.Done);

    public void Fail() => ended.TrySetException(new InvalidOperationException("an unhandled exception"));
}

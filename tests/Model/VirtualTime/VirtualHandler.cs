namespace CleanSync.Model.VirtualTime;

/// <summary>A network without a network: the answer is made on the virtual thread, and handed over as the network would.</summary>
internal abstract class VirtualHandler : HttpMessageHandler
{
    protected sealed override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _ = HandOver(Answer(request, cancellationToken), answer, cancellationToken);
        return answer.Task;
    }

    protected abstract Task<HttpResponseMessage> Answer(HttpRequestMessage request, CancellationToken ct);

    private static async Task HandOver(
        Task<HttpResponseMessage> made,
        TaskCompletionSource<HttpResponseMessage> answer,
        CancellationToken ct)
    {
        await Task.WhenAny(made);
        VirtualThread.Outside(() =>
        {
            if (made.IsCanceled) answer.SetCanceled(ct.IsCancellationRequested ? ct : CancellationToken.None);
            else if (made.IsFaulted) answer.SetException(made.Exception!.InnerExceptions);
            else answer.SetResult(made.Result);
        });
    }
}

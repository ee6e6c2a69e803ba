using MediatR;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>After a request that may change which calendars are to be listened to, that is looked at at once.</summary>
internal sealed class SubscriptionReviewBehavior<TRequest, TResponse>(ReviewSignal review) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (request is IChangesSubscriptions) review.Ask();
        return response;
    }
}

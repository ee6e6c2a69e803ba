using CleanSync.Domain;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Pipeline;

/// <summary>Logs which request was refused, by name and code only: requests carry client details and passwords.</summary>
internal sealed class LoggingBehavior<TRequest, TResponse>(ILogger<LoggingBehavior<TRequest, TResponse>> logger)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response is Result { Refusal: { } refusal })
            logger.LogInformation("{Request} was refused: {Code}", typeof(TRequest).Name, refusal.Code);
        return response;
    }
}

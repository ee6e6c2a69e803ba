using FluentValidation;
using MediatR;

namespace CleanSync.Application.Pipeline;

/// <summary>
/// Checks the shape of every request once, for HTTP and jobs alike. What is wrong leaves as a <see cref="ValidationException"/>.
/// </summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators) await validator.ValidateAndThrowAsync(request, cancellationToken);
        return await next();
    }
}

using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

public sealed record GetIntegration(Guid Id) : IRequest<Result<IntegrationView>>
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations, ITrafficView traffic) : IRequestHandler<GetIntegration, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(GetIntegration query, CancellationToken ct) =>
            await integrations.Find(query.Id, ct) is { } found
                ? await IntegrationView.Of(found, traffic, ct)
                : new IntegrationNotFound(query.Id);
    }
}

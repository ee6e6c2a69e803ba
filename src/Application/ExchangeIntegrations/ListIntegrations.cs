using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

public sealed record ListIntegrations : IRequest<IReadOnlyList<IntegrationView>>
{
    internal sealed class Handler(IExchangeIntegrationRepository integrations) : IRequestHandler<ListIntegrations, IReadOnlyList<IntegrationView>>
    {
        public async Task<IReadOnlyList<IntegrationView>> Handle(ListIntegrations query, CancellationToken ct) =>
            [.. (await integrations.All(ct)).Select(IntegrationView.Of)];
    }
}

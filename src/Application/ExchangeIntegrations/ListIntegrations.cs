using CleanSync.Application.Traffic;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

public sealed record ListIntegrations : IRequest<IReadOnlyList<IntegrationView>>
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        ITrafficView traffic) : IRequestHandler<ListIntegrations, IReadOnlyList<IntegrationView>>
    {
        public async Task<IReadOnlyList<IntegrationView>> Handle(ListIntegrations query, CancellationToken ct)
        {
            var views = new List<IntegrationView>();
            foreach (var integration in await integrations.All(ct)) views.Add(await IntegrationView.Of(integration, traffic, ct));
            return views;
        }
    }
}

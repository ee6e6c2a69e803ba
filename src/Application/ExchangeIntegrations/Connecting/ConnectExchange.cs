using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Application.Secrets;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>Saves a new integration as a draft; nothing is sent to Exchange before it is authorized.</summary>
public sealed record ConnectExchange(IntegrationSettings Settings, string Password) : IRequest<Result<IntegrationView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.New("integration");

    AuditSubject IAdminAction.SubjectOf(object made) =>
        AuditSubject.Of("integration", ((IntegrationView)made).Id, new GetIntegration(((IntegrationView)made).Id));

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => $"{nameof(ConnectExchange)} {Settings.DisplayName}";

    internal sealed class Validator : AbstractValidator<ConnectExchange>
    {
        public Validator(ConnectionPolicy policy, INetworkAddresses addresses)
        {
            RuleFor(c => c.Settings).SetValidator(new IntegrationSettingsValidator(policy, addresses));
            RuleFor(c => c.Password).NotEmpty()
                .OverridePropertyName("password")
                .WithMessage("A new integration needs the service account's password.");
        }
    }

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        ISecretVault vault,
        INewIds ids) : IRequestHandler<ConnectExchange, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ConnectExchange command, CancellationToken ct)
        {
            var id = ids.Next();
            var password = vault.Seal(id, command.Password);
            if (password.Refusal is { } shut) return shut;
            var integration = ExchangeIntegration.Draft(id, command.Settings, password.Value);
            var saved = await integrations.Save(integration, ct);
            return saved.Refusal is { } refusal ? refusal : IntegrationView.Of(saved.Value);
        }
    }
}

using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>Looks for the server address of a saved integration with its stored password. Saves nothing but a refusal of that password.</summary>
/// <param name="MailAddress">Null when the user name is one.</param>
public sealed record DiscoverServerAgain(Guid Id, string? MailAddress, IReadOnlyList<string> AllowedHosts) : IRequest<Result<DiscoveryReport>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    internal sealed class Validator : AbstractValidator<DiscoverServerAgain>
    {
        public Validator()
        {
            RuleFor(c => c.MailAddress).Must(a => a is null || MailAddresses.IsOne(a)).OverridePropertyName("mailAddress")
                .WithMessage("Expected a mail address, such as svc-booking@contoso.example: its domain is asked.").OneLine();
            RuleFor(c => c.AllowedHosts).Must(MailAddresses.AreHosts).OverridePropertyName("allowedHosts").WithMessage(MailAddresses.HostsExpected);
        }
    }

    internal sealed class Handler(IExchangeIntegrationRepository integrations, IServerDiscovery discovery) : IRequestHandler<DiscoverServerAgain, Result<DiscoveryReport>>
    {
        public async Task<Result<DiscoveryReport>> Handle(DiscoverServerAgain command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } integration) return new IntegrationNotFound(command.Id);
            var user = integration.Account.UserName;
            if ((command.MailAddress ?? (MailAddresses.IsOne(user) ? user : null)) is not { } address) return new MailAddressIsNeeded(user);
            var question = new DiscoveryQuestion(user, address, integration.Authentication, integration.ExchangeVersion, integration.Trust, command.AllowedHosts);
            return await discovery.Discover(question, integration, ct);
        }
    }
}

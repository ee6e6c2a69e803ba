using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Discovery;

/// <summary>
/// Looks for the server address of a saved integration. With its stored password the search stays at the stored server and in the account's
/// own mail domain; with one that is typed it goes where it is told. Saves nothing but a refusal of the stored password.
/// </summary>
/// <param name="MailAddress">Null when the user name is one.</param>
/// <param name="Password">For this search only; null for the stored one.</param>
public sealed record DiscoverServerAgain(
    Guid Id,
    string? MailAddress,
    IReadOnlyList<string> AllowedHosts,
    string? Password = null,
    bool TryAnyway = false)
    : IRequest<Result<DiscoveryReport>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway);

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => $"{nameof(DiscoverServerAgain)} {Id}";

    internal sealed class Validator : AbstractValidator<DiscoverServerAgain>
    {
        public Validator()
        {
            RuleFor(c => c.MailAddress).Must(a => a is null || MailAddresses.IsOne(a)).OverridePropertyName("mailAddress")
                .WithMessage("Expected a mail address, such as svc-booking@contoso.example: its domain is asked.").OneLine();
            RuleFor(c => c.AllowedHosts).Must(MailAddresses.AreHosts)
                .OverridePropertyName("allowedHosts")
                .WithMessage(MailAddresses.HostsExpected);
        }
    }

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IServerDiscovery discovery) : IRequestHandler<DiscoverServerAgain, Result<DiscoveryReport>>
    {
        public async Task<Result<DiscoveryReport>> Handle(DiscoverServerAgain command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } integration) return new IntegrationNotFound(command.Id);
            var user = integration.Account.UserName;
            if ((command.MailAddress ?? (MailAddresses.IsOne(user) ? user : null)) is not { } address) return new MailAddressIsNeeded(user);
            var question = new DiscoveryQuestion(
                user, address, integration.Authentication, integration.ExchangeVersion, integration.Trust, command.AllowedHosts,
                command.TryAnyway);
            if (!string.IsNullOrEmpty(command.Password)) return await discovery.Discover(question, command.Password, ct);
            var beyond = Beyond(integration.PasswordScope, question);
            return beyond.Count == 0
                ? await discovery.Discover(question, integration.Server, ct)
                : new PasswordIsNeeded(string.Join(", ", beyond));
        }

        /// <summary>What would lead the stored password away from the server and the mail domain that it was given for.</summary>
        private static List<string> Beyond(CredentialScope scope, DiscoveryQuestion question)
        {
            List<string> beyond = [];
            if (!scope.CoversDomainOf(question.MailAddress)) beyond.Add("mailAddress");
            if (!question.AllowedHosts.All(scope.Covers)) beyond.Add("allowedHosts");
            return beyond;
        }
    }
}

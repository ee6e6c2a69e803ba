using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Domain;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Discovery;

/// <summary>Looks for the server address before an integration is saved. Saves nothing.</summary>
public sealed record DiscoverServer(DiscoveryQuestion Question, string Password) : IRequest<Result<DiscoveryReport>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.New("integration");

    string? IAdminAction.Note => TryAnywayNote.Of(Question.TryAnyway);

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => nameof(DiscoverServer);

    internal sealed class Validator : AbstractValidator<DiscoverServer>
    {
        public Validator()
        {
            RuleFor(c => c.Question.UserName).Must(Text.UpTo(256)).OverridePropertyName("userName")
                .WithMessage("Expected the service account as a UPN (svc-booking@contoso.example) or as DOMAIN\\user.").OneLine();
            RuleFor(c => c.Question.MailAddress).Must(MailAddresses.IsOne)
                .When(c => Text.UpTo(256)(c.Question.UserName))
                .OverridePropertyName("mailAddress")
                .WithMessage("Expected the service account's mail address, such as svc-booking@contoso.example: its domain is asked. A user name in UPN form can stand for it.");
            RuleFor(c => c.Question.MailAddress).OneLine().OverridePropertyName("mailAddress");
            RuleFor(c => c.Password).NotEmpty()
                .OverridePropertyName("password")
                .WithMessage("Exchange tells its address only to an account that logs on: give the service account's password.");
            RuleFor(c => c.Question.Authentication).IsInEnum()
                .OverridePropertyName("authentication")
                .WithMessage("Expected Basic or Ntlm.");
            RuleFor(c => c.Question.ExchangeVersion).IsInEnum()
                .OverridePropertyName("exchangeVersion")
                .WithMessage("Expected one of the versions that GET /api/v1/integrations/versions lists.");
            RuleFor(c => c.Question.Trust).SetValidator(new ServerTrustValidator()).OverridePropertyName("");
            RuleFor(c => c.Question.AllowedHosts).Must(MailAddresses.AreHosts)
                .OverridePropertyName("allowedHosts")
                .WithMessage(MailAddresses.HostsExpected);
        }
    }

    internal sealed class Handler(IServerDiscovery discovery) : IRequestHandler<DiscoverServer, Result<DiscoveryReport>>
    {
        public async Task<Result<DiscoveryReport>> Handle(DiscoverServer command, CancellationToken ct) =>
            await discovery.Discover(command.Question, command.Password, ct);
    }
}

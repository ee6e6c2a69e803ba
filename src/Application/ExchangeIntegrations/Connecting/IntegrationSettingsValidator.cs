using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

internal sealed class IntegrationSettingsValidator : AbstractValidator<IntegrationSettings>
{
    public IntegrationSettingsValidator(ConnectionPolicy policy, INetworkAddresses addresses)
    {
        RuleFor(s => s.DisplayName).Must(Text.UpTo(100)).OverridePropertyName("displayName")
            .WithMessage(
                "Give the integration a display name of 1 to 100 characters; it titles the version column of the user accounts list.")
            .OneLine();
        RuleFor(s => s.UserName).Must(name => Text.UpTo(256)(name) && IsAccountName(name)).OverridePropertyName("userName")
            .WithMessage("Expected the service account as a UPN (svc-booking@contoso.example) or as DOMAIN\\user.")
            .OneLine();
        RuleFor(s => s.ServerAddress).IsServerAddress("serverAddress", policy, addresses);
        RuleFor(s => s.Trust).SetValidator(new ServerTrustValidator()).OverridePropertyName("");
        RuleFor(s => s.Authentication).IsInEnum().OverridePropertyName("authentication").WithMessage("Expected Basic or Ntlm.");
        RuleFor(s => s.ExchangeVersion).IsInEnum().OverridePropertyName("exchangeVersion")
            .WithMessage("Expected one of the versions that GET /api/v1/integrations/versions lists.");
        RuleFor(s => s.HorizonMonths).InclusiveBetween(1, 24).OverridePropertyName("horizonMonths").WithMessage("Expected 1 to 24 months.");
        RuleFor(s => s.ReminderMinutes).InclusiveBetween(0, 40320).OverridePropertyName("reminderMinutes")
            .WithMessage("Expected minutes before the start: 0 (no reminder) to 40320 (four weeks).");
    }

    private static bool IsAccountName(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var slash = name.IndexOf('\\', StringComparison.Ordinal);
        return (at > 0 && at < name.Length - 1 && slash < 0) || (slash > 0 && slash < name.Length - 1 && at < 0);
    }
}

using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>An integration as admins see it. The password is write-only and has no place here.</summary>
/// <param name="Version">For If-Match: the stored version.</param>
public sealed record IntegrationView(
    Guid Id,
    string DisplayName,
    Uri ServerAddress,
    AuthenticationType Authentication,
    string UserName,
    ExchangeVersion ExchangeVersion,
    bool UseImpersonation,
    bool ShowEventTitles,
    int HorizonMonths,
    int ReminderMinutes,
    IntegrationStatus Status,
    string? StatusReason,
    int Version)
{
    public static IntegrationView Of(ExchangeIntegration i) => new(
        i.Id, i.DisplayName, i.ServerAddress, i.Authentication, i.Account.UserName, i.ExchangeVersion, i.UseImpersonation,
        i.ShowEventTitles, i.HorizonMonths, i.ReminderMinutes, i.Status, i.StatusReason, i.Version);
}

using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Domain.StaffCalendarLinks.Accounts;

/// <summary>How a staff member stands in the user accounts list, with the reason in words.</summary>
/// <param name="Problem">Stable code of the reason; null when nothing is wrong.</param>
/// <param name="Reason">What is wrong and what to do.</param>
/// <param name="ExchangeCode">Exchange's own code; null when Exchange gave none.</param>
public sealed record AccountStanding(AccountState State, string? Problem, string? Reason, string? ExchangeCode)
{
    /// <summary>A staff member's own trouble comes first; who has none shows the trouble of the integration.</summary>
    /// <param name="heldUp">Exchange asked for a long pause of the whole integration: why and until when; null as a rule.</param>
    public static AccountStanding Of(
        string staffId,
        AccountState own,
        LinkHealth health,
        IntegrationStatus integration,
        string? whyItStopped,
        string? heldUp = null) =>
        (own, AccountStates.Under(integration, own, heldUp is not null)) switch
        {
            (AccountState.Off, _) => Told(AccountState.Off, new LinkIsDisabled(staffId)),
            (AccountState.Warning, _) when health.Problem is null => Told(AccountState.Warning, new MailboxAddressIsMissing(staffId)),
            (AccountState.Syncing, AccountState.Syncing) => new(AccountState.Syncing, null, null, null),
            (AccountState.Syncing, var shown) when integration is IntegrationStatus.PasswordUnreadable =>
                Told(shown, new PasswordCannotBeOpened(whyItStopped ?? "")),
            (AccountState.Syncing, var shown) when integration is IntegrationStatus.Active =>
                Told(shown, new ExchangeIsBusy(heldUp!)) with { Reason = heldUp },
            (AccountState.Syncing, var shown) =>
                Told(
                    shown,
                    new IntegrationIsNotAuthorized(integration.ToString())) with
                {
                    Reason = whyItStopped ?? new IntegrationIsNotAuthorized(integration.ToString()).Message,
                },
            (_, var shown) => new(shown, health.Problem, health.Reason, health.ExchangeCode),
        };

    private static AccountStanding Told(AccountState state, Error refusal) => new(state, refusal.Code, refusal.Message, null);
}

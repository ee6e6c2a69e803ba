using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Domain.StaffCalendarLinks.Accounts;

/// <summary>How a staff member stands in the user accounts list.</summary>
/// <param name="Reason">What is wrong and what to do; null when nothing is.</param>
public sealed record AccountStanding(AccountState State, Reason? Reason)
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
            (AccountState.Warning, _) when health.Reason is null => Told(AccountState.Warning, new MailboxAddressIsMissing(staffId)),
            (AccountState.Syncing, AccountState.Syncing) => new(AccountState.Syncing, null),
            (AccountState.Syncing, var shown) when integration is IntegrationStatus.PasswordUnreadable =>
                Told(shown, new PasswordCannotBeOpened(whyItStopped ?? "")),
            (AccountState.Syncing, var shown) when integration is IntegrationStatus.Active =>
                Told(shown, new ExchangeIsBusy(heldUp!), heldUp),
            (AccountState.Syncing, var shown) =>
                Told(shown, new IntegrationIsNotAuthorized(integration.ToString()), whyItStopped),
            (_, var shown) => new(shown, health.Reason),
        };

    private static AccountStanding Told(AccountState state, Error refusal, string? text = null) =>
        new(state, new Reason(refusal.Code, text ?? refusal.Message));
}

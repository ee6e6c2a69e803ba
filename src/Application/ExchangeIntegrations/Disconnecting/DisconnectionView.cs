namespace CleanSync.Application.ExchangeIntegrations.Disconnecting;

/// <summary>How far a disconnection is.</summary>
public enum DisconnectionState
{
    /// <summary>Nothing was done: this is what would happen.</summary>
    AwaitsConfirmation,

    /// <summary>CleanSync's items are being removed from Exchange.</summary>
    Removing,

    /// <summary>Exchange refused the password: give a new one, or finish without cleaning up.</summary>
    CredentialRefused,

    /// <summary>The stored password does not open: restore its key, give it again, or finish without cleaning up.</summary>
    PasswordUnreadable,

    /// <summary>The integration and its credentials are gone.</summary>
    Finished,
}

/// <summary>What disconnecting would do, how far it is, or what it has done.</summary>
/// <param name="Summary">The same in one sentence, with what to do next.</param>
/// <param name="ExchangeEvents">Exchange's events that leave the booking product.</param>
/// <param name="Items">Appointments' items that are to go from Exchange. The appointments themselves stay in the booking product.</param>
/// <param name="Removed">Items that are dealt with and did not stay.</param>
/// <param name="Waiting">Items that still wait.</param>
/// <param name="LeftBehind">Items that stay in Exchange, each with the reason, at most 1000.</param>
public sealed record DisconnectionView(
    Guid IntegrationId,
    string DisplayName,
    DisconnectionState State,
    string Summary,
    DateTimeOffset? AskedAt,
    DateTimeOffset? FinishedAt,
    int ExchangeEvents,
    int Items,
    int Removed,
    int Waiting,
    IReadOnlyList<StaffDisconnection> Staff,
    IReadOnlyList<LeftBehindView> LeftBehind);

/// <param name="Reason">Why the mailbox waits; null when it does not, or nothing is known.</param>
public sealed record StaffDisconnection(
    string StaffId,
    string StaffName,
    string? MailboxAddress,
    int ExchangeEvents,
    int Items,
    int Removed,
    int Waiting,
    int LeftBehind,
    string? Reason);

/// <param name="AppointmentId">The appointment that it is a copy of; null when that is not known.</param>
/// <param name="Start">When it begins, as far as that is known.</param>
/// <param name="Code">Stable: such as has-attendees, is-a-series, is-not-in-the-calendar, not-cleaned-up, or Exchange's code.</param>
public sealed record LeftBehindView(
    string MailboxAddress,
    Guid? AppointmentId,
    DateTimeOffset? Start,
    string Code,
    string Reason);

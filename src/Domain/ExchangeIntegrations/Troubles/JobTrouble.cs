namespace CleanSync.Domain.ExchangeIntegrations.Troubles;

/// <summary>
/// What last went wrong with something that runs by itself for an integration, and has not gone well since. Calendars go on meanwhile.
/// </summary>
/// <param name="Job">What it was: resumption, password-expiry or disconnection.</param>
/// <param name="Since">When it first went wrong.</param>
public sealed record JobTrouble(string Job, Reason Reason, DateTimeOffset Since);

using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>Every linked calendar, as far as listening is concerned.</summary>
internal interface ISubscribableCalendars
{
    Task<IReadOnlyList<SubscribableCalendar>> All(CancellationToken ct);
}

/// <summary>A linked calendar and what decides whether it can be listened to.</summary>
/// <param name="WasRead">A full pass has committed: before that there is nothing that a change could be added to.</param>
/// <param name="PausedUntil">Its passes failed, and are not tried again before; null while they go well.</param>
internal sealed record SubscribableCalendar(
    Guid LinkId,
    string? Mailbox,
    string? CalendarId,
    bool Enabled,
    bool CalendarChecked,
    bool WasRead,
    Guid IntegrationId,
    IntegrationStatus Status,
    int SettingsVersion,
    ExchangeVersion Version,
    bool UseImpersonation,
    DateTimeOffset? PausedUntil = null)
{
    /// <summary>Null when it can be listened to.</summary>
    public string? WhyPolled(NotificationOptions options) => this switch
    {
        _ when !options.Enabled => "Notifications are switched off in the settings.",
        { Enabled: false } => "Syncing is switched off for this staff member.",
        { Status: not IntegrationStatus.Active } => $"The integration is {Status}, so nothing is sent to Exchange.",
        { UseImpersonation: false } => "Exchange gives no notifications under delegate access; impersonation would.",
        { Version: < ExchangeVersion.Exchange2010SP1 } => "Notifications exist from Exchange 2010 SP1.",
        { Mailbox: null } or { CalendarId: null } or { CalendarChecked: false } or { WasRead: false } =>
            "The calendar has not been read whole yet.",
        _ => null,
    };

    public SubscribedCalendar Listened => new(LinkId, Mailbox!, CalendarId!);
}

/// <summary>One calendar of a group. Another address or another folder is another calendar.</summary>
internal sealed record SubscribedCalendar(Guid LinkId, string Mailbox, string CalendarId);

/// <summary>Calendars with the same key may share a connection.</summary>
/// <param name="SettingsVersion">Changed settings of an integration are new connections.</param>
/// <param name="Site">Where the mailboxes live, when discovery tells; the same for all until then.</param>
internal sealed record GroupKey(Guid IntegrationId, int SettingsVersion, string Site = "");

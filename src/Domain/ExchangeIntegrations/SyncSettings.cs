namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>What an integration has each of its calendars synced by.</summary>
/// <param name="HorizonMonths">How far ahead.</param>
/// <param name="ReminderMinutes">Of a pushed event, before its start.</param>
/// <param name="ShowEventTitles">False: every Exchange event reads "Busy".</param>
/// <param name="IdentityVersion">Rises when Exchange's ids may mean something else from then on.</param>
/// <param name="ProjectionVersion">Rises when stored events must be read again.</param>
/// <param name="AccountCalendarId">The service account's own calendar, which no staff member may be linked to; null when it has
/// none.</param>
public sealed record SyncSettings(
    int HorizonMonths,
    int ReminderMinutes,
    bool ShowEventTitles,
    int IdentityVersion,
    int ProjectionVersion,
    string? AccountCalendarId);

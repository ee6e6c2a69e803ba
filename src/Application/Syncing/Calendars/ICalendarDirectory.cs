using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.Syncing.Calendars;

/// <summary>Checks what a service account can reach. Throws <see cref="CalendarFailure"/>.</summary>
public interface ICalendarDirectory
{
    /// <summary>Logs on once and opens the account's own calendar.</summary>
    /// <param name="tryAnyway">Although two passwords of the account were refused of late.</param>
    Task<AccountCheck> CheckAccount(ServerConnection server, bool tryAnyway, CancellationToken ct);

    /// <summary>
    /// The same for settings or a password that are not stored: one logon on a connection of its own. Nothing is remembered of it, so that
    /// what works now goes on as it is.
    /// </summary>
    Task<AccountCheck> TryAccount(ServerConnection candidate, string password, bool tryAnyway, CancellationToken ct);

    /// <summary>The integration is gone: no connection of it stays open, and its password leaves the memory with them.</summary>
    void Forget(Guid integrationId);

    /// <summary>Opens a staff member's default calendar and reads what the account may do in it.</summary>
    Task<CalendarCheck> CheckCalendar(OpenCalendar calendar, CancellationToken ct);
}

/// <param name="OwnCalendarId">Null when the account has no mailbox.</param>
/// <param name="ServerBuild">Such as <c>15.2.1544</c>; null when the server did not say.</param>
public sealed record AccountCheck(string? OwnCalendarId, string? ServerBuild);

public sealed record CalendarCheck(string CalendarId, bool MayRead, bool MayCreate);

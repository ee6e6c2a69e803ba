using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.EndToEndTests.Api;

/// <summary>An Exchange whose account works and whose calendars are open, or that fails as it is told.</summary>
internal sealed class ScriptedDirectory : ICalendarDirectory
{
    public CalendarFailure? Failure { get; set; }

    public Task<AccountCheck> CheckAccount(ServerConnection server, bool tryAnyway, CancellationToken ct) =>
        Failure is null ? Task.FromResult(new AccountCheck("own-calendar", "15.2.1544")) : throw Failure;

    public Task<AccountCheck> TryAccount(ServerConnection candidate, string password, bool tryAnyway, CancellationToken ct) =>
        CheckAccount(candidate, tryAnyway, ct);

    public void Forget(Guid integrationId)
    {
    }

    public Task<CalendarCheck> CheckCalendar(OpenCalendar access, CancellationToken ct) =>
        Failure is null
            ? Task.FromResult(new CalendarCheck($"calendar of {access.MailboxAddress}", MayRead: true, MayCreate: true))
            : throw Failure;
}

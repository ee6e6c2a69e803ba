using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>Without cursors and suspects, which are kilobytes each: this is read again and again.</summary>
internal sealed class SubscribableCalendars(Database database) : ISubscribableCalendars
{
    public async Task<IReadOnlyList<SubscribableCalendar>> All(CancellationToken ct)
    {
        const string sql = """
            select l.id, l.mailbox_address, l.calendar_id, l.enabled, l.calendar_checked, l.sync_cursor is not null as was_read,
                case when l.failures > 0 then l.next_sync_at end as paused_until,
                l.integration_id, i.status, i.settings_version, i.exchange_version, i.use_impersonation
            from staff_calendar_links l
            join integration_states i on i.id = l.integration_id
            """;
        await using var connection = await database.Read(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(sql, cancellationToken: ct));
        return [.. rows.Select(r => r.ToCalendar())];
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string? MailboxAddress { get; init; }
        public string? CalendarId { get; init; }
        public bool Enabled { get; init; }
        public bool CalendarChecked { get; init; }
        public bool WasRead { get; init; }
        public Guid IntegrationId { get; init; }
        public string Status { get; init; } = "";
        public int SettingsVersion { get; init; }
        public string ExchangeVersion { get; init; } = "";
        public bool UseImpersonation { get; init; }
        public DateTimeOffset? PausedUntil { get; init; }

        public SubscribableCalendar ToCalendar() => new(
            Id, MailboxAddress, CalendarId, Enabled, CalendarChecked, WasRead,
            IntegrationId, Enum.Parse<IntegrationStatus>(Status), SettingsVersion, Enum.Parse<ExchangeVersion>(ExchangeVersion),
            UseImpersonation, PausedUntil);
    }
}

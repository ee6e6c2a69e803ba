using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Integrations;

internal sealed class ExchangeIntegrationRepository(Database database, IntegrationAlerts alerts) : IExchangeIntegrationRepository
{
    public async Task<ExchangeIntegration?> Find(Guid id, CancellationToken ct)
    {
        const string sql = "select * from exchange_integrations where id = @id";
        await using var connection = await database.Read(ct);
        return (await connection.QuerySingleOrDefaultAsync<ExchangeIntegrationRow>(new CommandDefinition(sql, new { id },
            cancellationToken: ct)))?.ToIntegration();
    }

    public async Task<IReadOnlyList<ExchangeIntegration>> All(CancellationToken ct)
    {
        const string sql = "select * from exchange_integrations order by display_name, id";
        await using var connection = await database.Read(ct);
        var rows = await connection.QueryAsync<ExchangeIntegrationRow>(new CommandDefinition(sql, cancellationToken: ct));
        return [.. rows.Select(row => row.ToIntegration())];
    }

    public async Task<Result<ExchangeIntegration>> Save(ExchangeIntegration integration, CancellationToken ct)
    {
        const string insert = """
            insert into exchange_integrations (
                id, display_name, server_address, authentication, user_name, sealed_password, credential_version, exchange_version,
                use_impersonation, show_event_titles, horizon_months, reminder_minutes, authority_certificates, pinned_certificate, account_calendar_id,
                life_cycle, pause_reason, paused_until, disconnecting_since, credential, credential_reason, manual_syncing, resync_asked_at, identity_version, settings_version, projection_version, version)
            values (
                @Id, @DisplayName, @ServerAddress, @Authentication, @UserName, @SealedPassword, @CredentialVersion, @ExchangeVersion,
                @UseImpersonation, @ShowEventTitles, @HorizonMonths, @ReminderMinutes, @AuthorityCertificates, @PinnedCertificate, @AccountCalendarId,
                @LifeCycle, @PauseReason, @PausedUntil, @DisconnectingSince, @Credential, @CredentialReason, @ManualSyncing, @ResyncAskedAt, @IdentityVersion, @SettingsVersion, @ProjectionVersion, 1)
            on conflict do nothing
            """;
        const string update = """
            update exchange_integrations set
                display_name = @DisplayName, server_address = @ServerAddress, authentication = @Authentication, user_name = @UserName,
                sealed_password = @SealedPassword, credential_version = @CredentialVersion, exchange_version = @ExchangeVersion,
                use_impersonation = @UseImpersonation, show_event_titles = @ShowEventTitles, horizon_months = @HorizonMonths,
                reminder_minutes = @ReminderMinutes, authority_certificates = @AuthorityCertificates, pinned_certificate = @PinnedCertificate,
                account_calendar_id = @AccountCalendarId, life_cycle = @LifeCycle, pause_reason = @PauseReason, paused_until = @PausedUntil,
                disconnecting_since = @DisconnectingSince, credential = @Credential, credential_reason = @CredentialReason,
                manual_syncing = @ManualSyncing, resync_asked_at = @ResyncAskedAt, identity_version = @IdentityVersion,
                settings_version = @SettingsVersion, projection_version = @ProjectionVersion, version = version + 1
            where id = @Id and version = @Version
            """;
        var row = ExchangeIntegrationRow.Of(integration);
        var sql = row.Version == 0 ? insert : update;
        var saved = await alerts.Told(integration.Id, async transaction => await transaction.Execute(sql, row) == 1, ct);
        return saved ? integration.Saved() : new ChangedMeanwhile("The integration");
    }
}

using CleanSync.Application.Syncing.Failing;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>
/// Writes to integrations, after which somebody is told if one turned to error or back: once, because what was told is stored in the same
/// transaction.
/// </summary>
internal sealed class IntegrationAlerts(Database database, Alerts alerts)
{
    /// <summary>What the work says.</summary>
    public async Task<bool> Told(Guid integrationId, Func<DatabaseTransaction, Task<bool>> work, CancellationToken ct)
    {
        const string sql = """
            with told as (
                select case credential when @Refused then @IsRefused when @Unreadable then @IsUnreadable else trouble_problem end as problem
                from exchange_integrations where id = @integrationId)
            update exchange_integrations set alerted_problem = (select problem from told)
            where id = @integrationId and coalesce(alerted_problem, '') <> coalesce((select problem from told), '')
            returning coalesce(alerted_problem, '')
            """;
        string? changed = null;
        var arguments = new
        {
            integrationId,
            Refused = nameof(CredentialState.Refused),
            IsRefused = new CredentialRefused("").Code,
            Unreadable = nameof(CredentialState.Unreadable),
            IsUnreadable = new PasswordCannotBeOpened("").Code,
        };
        var written = await database.Write(
            async transaction =>
            {
                changed = null;
                if (!await work(transaction)) return false;
                changed = await transaction.QuerySingleOrDefault<string?>(sql, arguments);
                return true;
            },
            ct);
        if (changed is not null) alerts.OfIntegration(integrationId, changed.Length == 0 ? null : changed);
        return written;
    }
}

using CleanSync.Application.Syncing.Failing;
using CleanSync.Domain.ExchangeIntegrations.Troubles;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>Writes beside the settings without raising the row's version.</summary>
internal sealed class IntegrationTroubles(IntegrationAlerts alerts) : IIntegrationTroubles
{
    public Task Note(Guid integrationId, JobTrouble trouble, CancellationToken ct)
    {
        const string sql = """
            update exchange_integrations set trouble_job = @Job, trouble_problem = @Problem, trouble_reason = @Reason,
                trouble_since = @Since
            where id = @integrationId
            """;
        var row = new { integrationId, trouble.Job, Problem = trouble.Reason.Code, Reason = trouble.Reason.Text, trouble.Since };
        return alerts.Told(integrationId, async transaction => await transaction.Execute(sql, row) == 1, ct);
    }

    public Task End(Guid integrationId, string job, CancellationToken ct)
    {
        const string sql = """
            update exchange_integrations set trouble_job = null, trouble_problem = null, trouble_reason = null, trouble_since = null
            where id = @integrationId and trouble_job = @job
            """;
        var row = new { integrationId, job };
        return alerts.Told(integrationId, async transaction => await transaction.Execute(sql, row) == 1, ct);
    }
}

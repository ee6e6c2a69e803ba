using CleanSync.Application.StaffCalendarLinks;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>Marks links, and raises their version: a pass under way commits anew, and its link is due at once when it ends.</summary>
internal sealed class Rechecks(Database database) : IRechecks
{
    public Task Ask(Guid integrationId, RecheckScope which, DateTimeOffset now, CancellationToken ct) => database.Write(
        async transaction =>
        {
            const string mark = """
                update staff_calendar_links set recheck_asked_at = @now, next_sync_at = @now, version = version + 1
                where integration_id = @integrationId and account_group in (0, 1, @lastGroup)
                """;
            const string remember = """
                insert into rechecks (integration_id, scope, asked_at, links)
                select id, @scope, @now, @links from exchange_integrations where id = @integrationId
                on conflict (integration_id) do update set
                    scope = excluded.scope, asked_at = excluded.asked_at, links = excluded.links
                """;
            var arguments = new { integrationId, now, lastGroup = which is RecheckScope.All ? 2 : 1 };
            var links = await transaction.Execute(mark, arguments);
            await transaction.Execute(remember, new { integrationId, scope = which.ToString(), now, links });
            return true;
        },
        ct);
}

using CleanSync.Application;
using CleanSync.Application.Syncing.Storing;

namespace CleanSync.Infrastructure.Persistence.Links;

internal sealed class SyncRuns(Database database, IClockTrust clock) : ISyncRuns
{
    /// <summary>
    /// A link keeps its latest 50; one that is gone keeps none. No pass depends on them, so they are left out while the database takes no
    /// writes.
    /// </summary>
    public async Task Record(SyncRun run, CancellationToken ct)
    {
        var mayTrim = await clock.MayTrim(ct);
        await database.Note(async transaction =>
        {
            const string insert = """
                insert into sync_runs (id, link_id, started_at, ended_at, changes, problem)
                select @Id, id, @StartedAt, @EndedAt, @Changes, @Problem from staff_calendar_links where id = @LinkId
                """;
            const string forget = """
                delete from sync_runs where link_id = @LinkId and id not in (
                    select id from sync_runs where link_id = @LinkId order by started_at desc, id desc limit 50)
                """;
            await transaction.Execute(insert, run);
            if (mayTrim) await transaction.Execute(forget, run);
        }, ct);
    }
}

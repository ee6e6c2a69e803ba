using CleanSync.Application;
using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

internal sealed class ListRemovalsHandler(Database database, ICautiousClock cautious) : IRequestHandler<ListRemovals, Result<RemovalList>>
{
    public async Task<Result<RemovalList>> Handle(ListRemovals query, CancellationToken ct)
    {
        const string known = "select id from staff_calendar_links where staff_id = @StaffId;\n";
        const string sql = known + RemovalRow.Select + " and l.staff_id = @StaffId" + RemovalRow.Latest;
        var now = cautious.Earliest();
        var arguments = new { query.StaffId, now, oldest = now - RemovedEvent.KeptFor, RemovalRow.Most };
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, arguments, transaction, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new StaffMemberIsNotLinked(query.StaffId);
        return new RemovalList([.. (await answers.ReadAsync<RemovalRow>()).Select(r => r.ToView())]);
    }
}

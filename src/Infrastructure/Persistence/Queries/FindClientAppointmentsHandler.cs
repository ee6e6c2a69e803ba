using CleanSync.Application;
using CleanSync.Application.Erasures;
using CleanSync.Domain.Appointments;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

/// <summary>
/// Compares in the program: no database folds names or phone numbers as people write them. Page by page, so that it takes no memory however
/// many there are, and no reader stays open that keeps the database's log from being emptied.
/// </summary>
internal sealed class FindClientAppointmentsHandler(Database database, IAppointmentRepository appointments, ICautiousClock cautious)
    : IRequestHandler<FindClientAppointments, FoundAppointments>
{
    private const int PageSize = 1000;

    public async Task<FoundAppointments> Handle(FindClientAppointments query, CancellationToken ct)
    {
        var ids = await Ids(query.Search, ct);
        var now = cautious.Earliest();
        var found = (await appointments.Named([.. ids.Take(FindClientAppointments.MostFound)], ct))
            .OrderBy(a => a.Times.Start).ThenBy(a => a.Id)
            .Select(a => new FoundAppointment(a.Id, a.Times.Start, a.Times.End, a.Times.IsAllDay, a.StaffIds, a.Status, a.IsToCome(now)));
        return new FoundAppointments([.. found], ids.Count > FindClientAppointments.MostFound);
    }

    private async Task<IReadOnlyList<Guid>> Ids(ClientSearch search, CancellationToken ct)
    {
        var ids = new List<Guid>();
        var page = await Page(Guid.Empty, ct);
        while (page.Count > 0 && ids.Count <= FindClientAppointments.MostFound)
        {
            ids.AddRange(page.Where(r => search.Fits(new Client(r.ClientName, r.ClientPhone, r.ClientEmail))).Select(r => r.Id));
            page = await Page(page[^1].Id, ct);
        }

        return ids;
    }

    private async Task<List<Row>> Page(Guid after, CancellationToken ct)
    {
        const string sql = """
            select id, client_name, client_phone, client_email from appointments
            where id > @after and client_name is not null order by id limit @PageSize
            """;
        await using var connection = await database.Read(ct);
        return (await connection.QueryAsync<Row>(new CommandDefinition(sql, new { after, PageSize }, cancellationToken: ct))).AsList();
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string ClientName { get; init; } = "";
        public string? ClientPhone { get; init; }
        public string? ClientEmail { get; init; }
    }
}

using CleanSync.Application.Erasures;
using CleanSync.Domain.Appointments;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

/// <summary>
/// Compares in the program: no database folds names or phone numbers as people write them. Row by row, so that it takes no memory however
/// many there are.
/// </summary>
internal sealed class FindClientAppointmentsHandler(Database database, IAppointmentRepository appointments, TimeProvider time)
    : IRequestHandler<FindClientAppointments, FoundAppointments>
{
    public async Task<FoundAppointments> Handle(FindClientAppointments query, CancellationToken ct)
    {
        var ids = await Ids(query.Search, ct);
        var now = time.GetUtcNow();
        var found = (await appointments.Named([.. ids.Take(FindClientAppointments.MostFound)], ct))
            .OrderBy(a => a.Times.Start).ThenBy(a => a.Id)
            .Select(a => new FoundAppointment(a.Id, a.Times.Start, a.Times.End, a.Times.IsAllDay, a.StaffIds, a.Status, a.IsToCome(now)));
        return new FoundAppointments([.. found], ids.Count > FindClientAppointments.MostFound);
    }

    private async Task<IReadOnlyList<Guid>> Ids(ClientSearch search, CancellationToken ct)
    {
        const string sql = """
            select id, client_name, client_phone, client_email from appointments
            where client_name is not null order by starts_at, id
            """;
        using var connection = await database.Read(ct);
        var ids = new List<Guid>();
        foreach (var row in connection.Query<Row>(sql, buffered: false))
        {
            ct.ThrowIfCancellationRequested();
            if (search.Fits(new Client(row.ClientName, row.ClientPhone, row.ClientEmail))) ids.Add(row.Id);
            if (ids.Count > FindClientAppointments.MostFound) break;
        }

        return ids;
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string ClientName { get; init; } = "";
        public string? ClientPhone { get; init; }
        public string? ClientEmail { get; init; }
    }
}

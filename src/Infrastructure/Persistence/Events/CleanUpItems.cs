using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.CleanUp;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Events;

internal sealed class CleanUpItems(Database database) : ICleanUpItems
{
    public async Task<IReadOnlyList<Guid>> DueLinks(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select link_id from clean_up_items where next_try_at <= @now
            group by link_id order by min(next_try_at), link_id
            """;
        await using var connection = await database.Read(ct);
        return [.. await connection.QueryAsync<Guid>(new CommandDefinition(sql, new { now }, cancellationToken: ct))];
    }

    public Task<IReadOnlyList<CleanUpItem>> Due(Guid linkId, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select * from clean_up_items where link_id = @linkId and next_try_at <= @now
            order by next_try_at, id
            """;
        return Copies(sql, new { linkId, now }, ct);
    }

    public Task<IReadOnlyList<CleanUpItem>> In(Guid linkId, string calendarId, CancellationToken ct)
    {
        const string sql = "select * from clean_up_items where link_id = @linkId and calendar_id = @calendarId";
        return Copies(sql, new { linkId, calendarId }, ct);
    }

    public async Task<IReadOnlySet<Guid>> Of(IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct)
    {
        const string sql = """
            select distinct appointment_id from clean_up_items
            where appointment_id in @keys and (item_id is not null or attempt is not null)
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        return (await snapshot.QueryEach<Guid, Guid>(sql, appointmentIds, linkId: null, ct)).ToHashSet();
    }

    public Task<IReadOnlyList<CleanUpItem>> OfDisconnection(Guid integrationId, Guid linkId, CancellationToken ct)
    {
        const string sql = """
            select f.* from clean_up_items f join staff_calendar_links l on l.id = f.link_id
            where f.link_id = @linkId and (f.integration_id = @integrationId or l.integration_id = @integrationId)
            order by f.next_try_at, f.id
            """;
        return Copies(sql, new { integrationId, linkId }, ct);
    }

    /// <summary>The store's statement.</summary>
    public static async Task<bool> Forget(IReadOnlyCollection<CleanUpItem> copies, DatabaseTransaction transaction)
    {
        const string sql = "delete from clean_up_items where id = @Id and version = @Version";
        return await transaction.AffectsEach(sql, [.. copies.OrderBy(c => c.Id).Select(Row.Of)]);
    }

    /// <summary>The store's statement.</summary>
    public static async Task<bool> Save(IReadOnlyCollection<CleanUpItem> copies, DatabaseTransaction transaction)
    {
        const string insert = """
            insert into clean_up_items (
                id, link_id, event_id, attempt, uid, integration_id, mailbox_address, calendar_id, item_id, appointment_id, starts_at,
                since, next_try_at, tries, version)
            values (
                @Id, @LinkId, @EventId, @Attempt, @Uid, @IntegrationId, @MailboxAddress, @CalendarId, @ItemId, @AppointmentId, @StartsAt,
                @Since, @NextTryAt, @Tries, 1)
            on conflict do nothing
            """;
        const string update = """
            update clean_up_items set next_try_at = @NextTryAt, tries = @Tries, uid = @Uid, version = version + 1
            where id = @Id and version = @Version
            """;
        var rows = copies.OrderBy(c => c.Id).Select(Row.Of).ToLookup(row => row.Version == 0);
        return await transaction.AffectsEach(insert, [.. rows[true]]) && await transaction.AffectsEach(update, [.. rows[false]]);
    }

    private async Task<IReadOnlyList<CleanUpItem>> Copies(string sql, object arguments, CancellationToken ct)
    {
        await using var connection = await database.Read(ct);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(sql, arguments, cancellationToken: ct)))
            .Select(row => row.ToCopy())];
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid LinkId { get; init; }
        public Guid? EventId { get; init; }
        public Guid? Attempt { get; init; }
        public string? Uid { get; init; }
        public Guid IntegrationId { get; init; }
        public string MailboxAddress { get; init; } = "";
        public string CalendarId { get; init; } = "";
        public string? ItemId { get; init; }
        public Guid? AppointmentId { get; init; }
        public DateTimeOffset? StartsAt { get; init; }
        public DateTimeOffset Since { get; init; }
        public DateTimeOffset NextTryAt { get; init; }
        public int Tries { get; init; }
        public int Version { get; init; }

        public static Row Of(CleanUpItem c) => new()
        {
            Id = c.Id,
            LinkId = c.LinkId,
            EventId = c.EventId,
            Attempt = c.Attempt,
            Uid = c.Uid,
            IntegrationId = c.Mailbox.IntegrationId,
            MailboxAddress = c.Mailbox.Address,
            CalendarId = c.CalendarId,
            ItemId = c.ItemId,
            AppointmentId = c.AppointmentId,
            StartsAt = c.StartsAt,
            Since = c.Since,
            NextTryAt = c.NextTryAt,
            Tries = c.Tries,
            Version = c.Version,
        };

        public CleanUpItem ToCopy() => new()
        {
            Id = Id,
            LinkId = LinkId,
            EventId = EventId,
            Attempt = Attempt,
            Uid = Uid,
            Mailbox = new FormerMailbox(IntegrationId, MailboxAddress),
            CalendarId = CalendarId,
            ItemId = ItemId,
            AppointmentId = AppointmentId,
            StartsAt = StartsAt,
            Since = Since,
            NextTryAt = NextTryAt,
            Tries = Tries,
            Version = Version,
        };
    }
}

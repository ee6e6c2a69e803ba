using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>Stores and finds what can be brought back.</summary>
internal sealed class RemovedEvents(Database database) : IRemovedEvents
{
    public async Task<RemovedEvent?> Find(Guid linkId, Guid id, CancellationToken ct)
    {
        const string sql = "select * from removed_events where link_id = @linkId and id = @id";
        await using var connection = await database.Read(ct);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { linkId, id }, cancellationToken: ct)))?
            .ToRemoved();
    }

    /// <summary>The store's statement.</summary>
    public static async Task<bool> Save(IReadOnlyCollection<RemovedEvent> removed, DatabaseTransaction transaction)
    {
        const string sql = """
            insert into removed_events (
                id, link_id, removed_at, appointment_id, identity, item_id, uid, original_start, starts_at, ends_at, time_zone, first_day, end_day,
                title, location, free_busy, is_private, my_response, projection_version)
            values (
                @Id, @LinkId, @RemovedAt, @AppointmentId, @Identity, @ItemId, @Uid, @OriginalStart, @StartsAt, @EndsAt, @TimeZone, @FirstDay, @EndDay,
                @Title, @Location, @FreeBusy, @IsPrivate, @MyResponse, @ProjectionVersion)
            """;
        return await transaction.AffectsEach(sql, [.. removed.Select(Row.Of)]);
    }

    /// <summary>The store's statement.</summary>
    public static async Task<bool> Forget(Guid? linkId, DateTimeOffset? before, DatabaseTransaction transaction)
    {
        const string sql = "delete from removed_events where link_id = @linkId and removed_at <= @before";
        if (linkId is not null && before is not null) await transaction.Execute(sql, new { linkId, before });
        return true;
    }

    /// <summary>The store's statement: what is in the calendar again needs not be brought back, and its removal was none.</summary>
    public static async Task<bool> ComeBack(Guid? linkId, IReadOnlyCollection<SyncStep.CameBack> events, DatabaseTransaction transaction)
    {
        const string any = "select exists (select 1 from removed_events where link_id = @linkId and appointment_id is null)";
        const string counted = """
            delete from removals where link_id = @linkId and unit in (
                select case when original_start is null then identity else 'series:' || uid end from removed_events where link_id = @linkId and appointment_id is null
                    and uid = @Uid and original_start is not distinct from @OriginalStart)
            """;
        const string kept = """
            delete from removed_events where link_id = @linkId and appointment_id is null
                and uid = @Uid and original_start is not distinct from @OriginalStart
            """;
        if (linkId is null || events.Count == 0 || !await transaction.ExecuteScalar<bool>(any, new { linkId })) return true;
        foreach (var back in events)
        {
            await transaction.Execute(counted, new { linkId, back.Uid, back.OriginalStart });
            await transaction.Execute(kept, new { linkId, back.Uid, back.OriginalStart });
        }

        return true;
    }

    /// <summary>The store's statement: what is private now may have been so when it left.</summary>
    public static async Task<bool> Hide(Guid? linkId, IReadOnlyCollection<string> uids, DatabaseTransaction transaction)
    {
        const string sql = """
            update removed_events set title = null, location = null, is_private = true
            where link_id = @linkId and appointment_id is null and uid = @uid
            """;
        if (linkId is not null) await transaction.Execute(sql, uids.Select(uid => new { linkId, uid }));
        return true;
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid LinkId { get; init; }
        public DateTimeOffset RemovedAt { get; init; }
        public Guid? AppointmentId { get; init; }
        public string Identity { get; init; } = "";
        public string? ItemId { get; init; }
        public string? Uid { get; init; }
        public DateTimeOffset? OriginalStart { get; init; }
        public DateTimeOffset StartsAt { get; init; }
        public DateTimeOffset EndsAt { get; init; }
        public string TimeZone { get; init; } = "";
        public DateOnly? FirstDay { get; init; }
        public DateOnly? EndDay { get; init; }
        public string? Title { get; init; }
        public string? Location { get; init; }
        public string FreeBusy { get; init; } = "";
        public bool IsPrivate { get; init; }
        public string MyResponse { get; init; } = "";
        public int ProjectionVersion { get; init; }

        public static Row Of(RemovedEvent removed)
        {
            var (e, times) = (removed.Event, removed.Event.Times!);
            return new Row
            {
                Id = removed.Id,
                LinkId = e.LinkId,
                RemovedAt = removed.RemovedAt,
                AppointmentId = e.AppointmentId,
                Identity = e.Identity,
                ItemId = e.ItemId,
                Uid = e.Uid,
                OriginalStart = e.OriginalStart,
                StartsAt = times.Start,
                EndsAt = times.End,
                TimeZone = times.TimeZone,
                FirstDay = times.FirstDay,
                EndDay = times.EndDay,
                Title = e.Title,
                Location = e.Location,
                FreeBusy = e.FreeBusy.ToString(),
                IsPrivate = e.IsPrivate,
                MyResponse = e.MyResponse.ToString(),
                ProjectionVersion = e.ProjectionVersion,
            };
        }

        public RemovedEvent ToRemoved() => new(Id, RemovedAt, new SyncedEvent
        {
            Id = Id,
            LinkId = LinkId,
            Kind = AppointmentId is null ? EventKind.External : EventKind.Copy,
            Identity = Identity,
            AppointmentId = AppointmentId,
            ItemId = ItemId,
            Uid = Uid,
            OriginalStart = OriginalStart,
            Times = StoredTimes.Read(StartsAt, EndsAt, TimeZone, FirstDay, EndDay),
            Title = Title,
            Location = Location,
            FreeBusy = Enum.Parse<FreeBusy>(FreeBusy),
            IsPrivate = IsPrivate,
            MyResponse = Enum.Parse<MeetingResponse>(MyResponse),
            ProjectionVersion = ProjectionVersion,
        });
    }
}

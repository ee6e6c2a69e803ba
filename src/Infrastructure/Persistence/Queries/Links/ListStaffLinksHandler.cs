using System.Data.Common;
using System.Text;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

/// <summary>
/// The links of one integration that say the same of themselves are one stretch of an index, in order of name. What the list shows as one
/// state is a few such stretches, because nobody syncs through an integration that does not run: a page takes from each what it can need,
/// and merges.
/// </summary>
internal sealed class ListStaffLinksHandler(
    Database database,
    NotificationBoard board,
    TimeProvider time) : IRequestHandler<ListStaffLinks, StaffLinkList>
{
    private static readonly AccountState[] InOrder = Enum.GetValues<AccountState>();

    public async Task<StaffLinkList> Handle(ListStaffLinks query, CancellationToken ct)
    {
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        var now = time.GetUtcNow();
        var integrations = await Integrations(transaction, query.IntegrationId, ct);
        var stretches =
            integrations.SelectMany(i =>
                InOrder.Select(own => new Stretch(i.Id, own,
                    AccountStates.Under(Enum.Parse<IntegrationStatus>(i.Status), own, i.IsHeldUp(now))))).ToList();
        var words = SearchWords.Of(NameKey.Words(query.Search));

        var counts = new int[InOrder.Length];
        foreach (var stretch in stretches) counts[(int)stretch.Shown] += await Count(transaction, stretch, words, ct);

        var (page, next) = await Page(transaction, stretches, query, words, ct);
        var links = await Accounts(transaction, page, integrations.ToDictionary(i => i.Id), ct);
        return new StaffLinkList(
            counts[(int)AccountState.Syncing],
            counts[(int)AccountState.Warning],
            counts[(int)AccountState.Error],
            counts[(int)AccountState.Off],
            [.. integrations.Select(i =>
                new VersionColumn(
                    i.Id, i.DisplayName, Enum.Parse<IntegrationStatus>(i.Status), i.StatusReason ?? i.HeldUp(now), i.ManualSyncing))],
            links, next);
    }

    private static async Task<IReadOnlyList<IntegrationRow>> Integrations(DbTransaction transaction, Guid? only, CancellationToken ct)
    {
        const string all = """
            select id, display_name, exchange_version, status, status_reason, manual_syncing,
                p.not_before as paused_until, p.asked_at as pause_asked_at, p.reason as pause_reason
            from integration_states left join exchange_pauses p on p.integration_id = id and p.mailbox = ''
            """;
        const string one = all + " where id = @only";
        var rows = await transaction.Connection!.QueryAsync<IntegrationRow>(
            new CommandDefinition(only is null ? all : one, new { only }, transaction, cancellationToken: ct));
        return [.. rows.OrderBy(r => r.DisplayName, StringComparer.Ordinal).ThenBy(r => r.Id)];
    }

    private static Task<int> Count(DbTransaction transaction, Stretch stretch, SearchWords words, CancellationToken ct)
    {
        const string sql = SearchWords.Select + """

            select count(*) from staff_calendar_links l
            where l.integration_id = @IntegrationId and l.account_group = @Group and (@Count = 0 or not exists (
                select 1 from words where replace(l.name_key, word, '') = l.name_key))
            """;
        return transaction.Connection!.ExecuteScalarAsync<int>(
            new CommandDefinition(
                sql,
                new { stretch.IntegrationId, Group = (int)stretch.Own, words.Count, words.Width, words.Text },
                transaction,
                cancellationToken: ct));
    }

    private static async Task<(IReadOnlyList<PlaceRow> Page, string? Next)> Page(
        DbTransaction transaction,
        IReadOnlyList<Stretch> stretches,
        ListStaffLinks query,
        SearchWords words,
        CancellationToken ct)
    {
        var from = query.Cursor is null ? null : AccountCursor.Read(query.Cursor);
        var page = new List<(AccountState Shown, PlaceRow Place)>();
        foreach (var shown in InOrder.Where(s => (query.State is null || s == query.State) && (from is null || s >= from.State)))
        {
            if (page.Count > query.Limit) break;
            var after = from?.State == shown ? from : null;
            var found = new List<PlaceRow>();
            foreach (var stretch in stretches.Where(s => s.Shown == shown))
            {
                found.AddRange(await Places(transaction, stretch, after, words, query.Limit + 1, ct));
            }
            found.Sort();
            page.AddRange(found.Take(query.Limit + 1 - page.Count).Select(p => (shown, p)));
        }

        if (page.Count <= query.Limit) return ([.. page.Select(p => p.Place)], null);
        page.RemoveAt(query.Limit);
        var (state, last) = page[^1];
        return ([.. page.Select(p => p.Place)], new AccountCursor(state, last.NameKey, last.Id).Write());
    }

    private static Task<IEnumerable<PlaceRow>> Places(
        DbTransaction transaction,
        Stretch stretch,
        AccountCursor? after,
        SearchWords words,
        int max,
        CancellationToken ct)
    {
        const string sql = SearchWords.Select + """

            select l.id, l.name_key from staff_calendar_links l
            where l.integration_id = @IntegrationId and l.account_group = @Group and (l.name_key, l.id) > (@afterName, @afterId)
                and (@Count = 0 or not exists (select 1 from words where replace(l.name_key, word, '') = l.name_key))
            order by l.name_key, l.id limit @max
            """;
        var arguments =
            new
            {
                stretch.IntegrationId,
                Group = (int)stretch.Own,
                afterName = after?.NameKey ?? "",
                afterId = after?.LinkId ?? Guid.Empty,
                words.Count,
                words.Width,
                words.Text,
                max
            };
        return transaction.Connection!.QueryAsync<PlaceRow>(new CommandDefinition(sql, arguments, transaction, cancellationToken: ct));
    }

    private async Task<IReadOnlyList<StaffAccount>> Accounts(
        DbTransaction transaction,
        IReadOnlyList<PlaceRow> page,
        Dictionary<Guid, IntegrationRow> integrations,
        CancellationToken ct)
    {
        const string sql = """
            select l.id, l.staff_id, l.staff_name, l.integration_id, l.mailbox_address, l.enabled, l.account_group, l.health_state, l.health_problem, l.health_reason,
                l.health_exchange_code, l.last_synced_at, l.recheck_asked_at, l.deletion_asked_at, l.last_failure_at, l.last_failure_problem, l.last_failure_reason,
                l.last_failure_exchange_code, l.sync_cursor is not null as first_sync_done,
                (select count(*) from synced_events e
                 where e.link_id = l.id and e.next_push_at is not null and e.kind = 'Copy'
                    and e.push_state in ('Queued', 'Failed', 'Withdrawing')) as pending_pushes,
                (select count(*) from synced_events e
                 where e.link_id = l.id and e.removal_hold is not null and e.removal_hold = 'Held') as held_deletions
            from staff_calendar_links l where l.id in @ids
            """;
        if (page.Count == 0) return [];
        var ids = new KeyList<Guid>(page.Select(p => p.Id));
        var rows =
            (await transaction.Connection!
                .QueryAsync<StaffLinkViewRow>(new CommandDefinition(sql, new { ids }, transaction, cancellationToken: ct)))
                .ToDictionary(r => r.Id);
        var now = time.GetUtcNow();
        return [.. page.Select(p => rows[p.Id]).Select(row =>
        {
            var integration = integrations[row.IntegrationId];
            return integration.Shown(row)
                .ToAccount(ListExchangeVersions.NameOf(Enum.Parse<ExchangeVersion>(integration.ExchangeVersion)), board, now);
        })];
    }

    private sealed record Stretch(Guid IntegrationId, AccountState Own, AccountState Shown);

    /// <summary>Ordered as the index is: bytewise.</summary>
    private sealed record PlaceRow : IComparable<PlaceRow>
    {
        public Guid Id { get; init; }
        public string NameKey { get; init; } = "";

        public int CompareTo(PlaceRow? other)
        {
            var byName = Encoding.UTF8.GetBytes(NameKey).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other!.NameKey));
            return byName != 0 ? byName : Id.CompareTo(other.Id);
        }
    }

    private sealed record IntegrationRow
    {
        public Guid Id { get; init; }
        public string DisplayName { get; init; } = "";
        public string ExchangeVersion { get; init; } = "";
        public string Status { get; init; } = "";
        public string? StatusReason { get; init; }
        public bool ManualSyncing { get; init; }
        public DateTimeOffset? PausedUntil { get; init; }
        public DateTimeOffset? PauseAskedAt { get; init; }
        public string? PauseReason { get; init; }

        public string? HeldUp(DateTimeOffset now) =>
            Status is nameof(Domain.ExchangeIntegrations.IntegrationStatus.Active)
                ? Links.HeldUp.InWords(PausedUntil, PauseAskedAt, PauseReason, now)
                : null;

        public bool IsHeldUp(DateTimeOffset now) => HeldUp(now) is not null;

        public StaffLinkViewRow Shown(StaffLinkViewRow row) => row with
        {
            IntegrationStatus = Status,
            StatusReason = StatusReason,
            PausedUntil = PausedUntil,
            PauseAskedAt = PauseAskedAt,
            PauseReason = PauseReason,
        };
    }
}

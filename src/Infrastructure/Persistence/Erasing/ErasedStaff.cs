using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.Erasures;
using CleanSync.Infrastructure.Persistence.Links;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Erasing;

/// <summary>
/// What goes of a staff member: the link and all that hangs on it, names and mailboxes in reports of disconnections, and their API keys.
/// Their id stays in appointments, where it says nothing to whom does not have the booking product's list.
/// </summary>
internal static class ErasedStaff
{
    public static async Task<bool> Remove(
        Erasure erasure,
        MailboxLease? lease,
        bool leaves,
        DateTimeOffset now,
        DatabaseTransaction transaction)
    {
        var arguments = new { erasure.Id, erasure.StaffId, LinkId = lease?.LinkId, lease?.Token, now };
        if (!await (lease is null ? HasNoLink(arguments, transaction) : IsReady(arguments, leaves, transaction))) return false;
        if (lease is not null) await RemoveLink(lease.LinkId, arguments, transaction);
        await Blank(arguments, transaction);
        return true;
    }

    private static async Task<bool> HasNoLink(object arguments, DatabaseTransaction transaction)
    {
        const string links = "select count(*) from staff_calendar_links where staff_id = @StaffId";
        return await transaction.ExecuteScalar<long>(links, arguments) == 0;
    }

    /// <summary>
    /// The link is the leased one, and switched off; and no event of it is left, nor, unless they are to be left behind, an item that is to
    /// go. Locked, so that nothing is added to it.
    /// </summary>
    private static async Task<bool> IsReady(object arguments, bool leaves, DatabaseTransaction transaction)
    {
        const string lease = "select 1 from mailbox_leases where link_id = @LinkId and token = @Token and owner is not null";
        const string link = "select 1 from staff_calendar_links where id = @LinkId and staff_id = @StaffId and enabled = false";
        const string events = "select count(*) from synced_events where link_id = @LinkId";
        const string items = "select count(*) from clean_up_items where link_id = @LinkId";
        return await transaction.LockShared(lease, arguments)
            && await transaction.LockForRemoval(link, arguments)
            && await transaction.ExecuteScalar<long>(events, arguments) == 0
            && (leaves || await transaction.ExecuteScalar<long>(items, arguments) == 0);
    }

    private static async Task RemoveLink(Guid linkId, object arguments, DatabaseTransaction transaction)
    {
        const string sql = """
            insert into erasure_items (erasure_id, id, appointment_id, starts_at, state, code)
            select @Id, id, appointment_id, starts_at, 'Left', 'not-cleaned-up' from clean_up_items
            where link_id = @LinkId and (item_id is not null or attempt is not null)
            on conflict do nothing;

            insert into erasure_items (erasure_id, id, appointment_id, starts_at, state, code)
            select @Id, b.id, b.appointment_id, b.starts_at, 'Left', b.code from leftovers b
            where b.link_id = @LinkId and b.integration_id = (select integration_id from staff_calendar_links where id = @LinkId)
            on conflict do nothing;

            delete from leftovers
            where link_id = @LinkId and integration_id = (select integration_id from staff_calendar_links where id = @LinkId);
            """;
        await transaction.Execute(sql, arguments);
        await LinkDeletions.Erase([linkId], transaction);
    }

    private static async Task Blank(object arguments, DatabaseTransaction transaction)
    {
        const string keys = """
            update api_keys set name = 'erased', revoked_at = coalesce(revoked_at, @now), version = version + 1
            where staff_id = @StaffId
            """;
        const string reports = """
            update leftovers set mailbox_address = '', reason = ''
            where link_id = @LinkId or exists (
                select 1 from disconnected_staff d
                where d.staff_id = @StaffId and d.integration_id = leftovers.integration_id and d.link_id = leftovers.link_id);
            update disconnected_staff set staff_name = '', mailbox_address = null where staff_id = @StaffId;
            """;
        // The mailboxes that were theirs once are written down nowhere any more: what stays are those of somebody else.
        const string pauses = """
            delete from exchange_pauses where mailbox <> '' and lower(mailbox) not in (
                select lower(mailbox_address) from staff_calendar_links where mailbox_address is not null
                union
                select lower(former_mailbox_address) from staff_calendar_links where former_mailbox_address is not null
                union
                select lower(mailbox_address) from clean_up_items);
            """;
        const string done = """
            update erasures set staff_erased_at = @now, waits_for = null, keys = keys + @revoked
            where id = @Id
            """;
        await transaction.Execute(reports, arguments);
        await transaction.Execute(pauses);
        var revoked = await transaction.Execute(keys, arguments);
        var whole = new DynamicParameters(arguments);
        whole.Add("revoked", revoked);
        await transaction.Execute(done, whole);
    }
}

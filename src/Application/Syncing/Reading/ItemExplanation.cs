using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>One item as Exchange has it now, with what a pass makes of it.</summary>
/// <param name="Event">Null when Exchange could not give it.</param>
internal sealed record ExplainedItem(string ItemId, RemoteEvent? Event, ItemVerdict Verdict);

/// <summary>
/// Asks Exchange about items and has the planner say what it makes of each: a dry run, which changes nothing and takes no turn. Calls go
/// through the same governor as any other.
/// </summary>
internal sealed class ItemExplanation(
    ICalendarFeed feed,
    ISyncedEventRepository events,
    IAppointmentRepository appointments,
    SyncOptions options,
    INewIds ids,
    TimeProvider time)
{
    /// <summary>Throws <see cref="CalendarFailure"/>.</summary>
    public async Task<ExplainedItem> OfItem(ExchangeIntegration integration, StaffCalendarLink link, string itemId, CancellationToken ct)
    {
        var reading = (await feed.Read(OpenCalendar.Of(integration, link), [itemId], ct))[0];
        switch (reading)
        {
            case ItemReading.Found { Event: var found }:
                return (await Judge(integration, link, [new RemoteChange.Seen(found)], ct))[0];
            case ItemReading.Unreadable { ExchangeCode: var code }:
                return (await Judge(integration, link, [new RemoteChange.Unreadable(itemId, null, code)], ct))[0];
            case ItemReading.NoEvent { Kind: var kind }:
                var rule =
                    SyncRules.NotAnEvent with { Meaning = $"The item lies in the calendar and is no event: Exchange calls it {kind}." };
                return new ExplainedItem(itemId, null, new ItemVerdict(rule, null));
            default:
                var rows = await events.Named(link.Id, [itemId], [], [], ct);
                var row = rows.Count > 0 ? rows[0] : null;
                var left = reading is ItemReading.UnknownId ? SyncRules.IdMeansNothing : SyncRules.NotDefaultCalendar;
                return new ExplainedItem(itemId, null, new ItemVerdict(row?.Hold is null ? left : null, row));
        }
    }

    /// <summary>Everything that Exchange has between two instants. Throws <see cref="CalendarFailure"/>.</summary>
    public async Task<IReadOnlyList<ExplainedItem>> Between(
        ExchangeIntegration integration,
        StaffCalendarLink link,
        DateTimeOffset start,
        DateTimeOffset end,
        CancellationToken ct)
    {
        var view = await feed.Window(OpenCalendar.Of(integration, link), start, end, ct);
        return await Judge(
            integration, link, [.. WindowReading.Distinct(view.Events).Select(e => new RemoteChange.Seen(e)), .. view.Unreadable], ct);
    }

    private async Task<IReadOnlyList<ExplainedItem>> Judge(
        ExchangeIntegration integration,
        StaffCalendarLink link,
        IReadOnlyList<RemoteChange> items,
        CancellationToken ct)
    {
        var seen = items.OfType<RemoteChange.Seen>().Select(s => s.Event).ToList();
        var known = await events.Named(
            link.Id,
            [.. seen.Select(e => e.ItemId), .. items.OfType<RemoteChange.Unreadable>().Select(u => u.ItemId)],
            [.. seen.Select(e => e.Identity)],
            [.. seen.Where(e => e.Tag is not null).Select(e => e.Tag!.EventId)],
            ct);
        var appointmentIds = known.Where(e => e.AppointmentId is not null).Select(e => e.AppointmentId!.Value).Distinct().ToList();
        var now = time.GetUtcNow();
        var basis = new PullBasis
        {
            Link = link,
            Window = SyncWindow.At(now, integration.HorizonMonths, CalendarZone.FindOrUtc(link.TimeZone)),
            Now = now,
            ShowTitles = integration.ShowEventTitles,
            ProjectionVersion = integration.ProjectionVersion,
            DeclinedBlocks = options.DeclinedMeetingsBlock,
            Known = known,
            Appointments = await appointments.Named(appointmentIds, ct),
            Copies = await events.CopiesOf(appointmentIds, ct),
            NewId = ids.Next,
        };
        return [.. items.Select(i => Judged(basis, i))];
    }

    private static ExplainedItem Judged(PullBasis basis, RemoteChange item)
    {
        var verdict = PullPlanner.Explain(basis, item);
        return item switch
        {
            RemoteChange.Seen { Event: var seen } => new ExplainedItem(seen.ItemId, seen, verdict),
            RemoteChange.Unreadable setAside => new ExplainedItem(setAside.ItemId, null, verdict),
            _ => throw new ArgumentException("Only what a calendar holds can be explained.", nameof(item)),
        };
    }
}

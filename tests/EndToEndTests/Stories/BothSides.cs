using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using CalendarZone = CleanSync.Domain.StaffCalendarLinks.CalendarZone;
using FreeBusy = CleanSync.ExchangeSimulator.Mailboxes.FreeBusy;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Exchange and CleanSync side by side after random edits: what must hold when everything is quiet.</summary>
internal sealed class BothSides(Organisation exchange, CleanSyncHost host, IReadOnlyList<string> staff, CancellationToken ct)
{
    private const string TagSet = "6d0a4d2e-7c53-4b0e-9d51-1f0c2a6e8b34";
    private readonly CleanSyncClient api = host.Client(ct);

    /// <summary>Waits for quiet, then checks every law; the history is part of each message.</summary>
    public async Task EndEqual(RandomEdits edits, string history)
    {
        await Quiet();
        foreach (var member in staff) await HoldTheSame(member, history);
        await EveryAppointmentIsOnceInEachCalendar(edits, history);
        foreach (var (member, id) in edits.Kept)
        {
            Assert.True(exchange.Mailbox(member).Find(id)?.FolderName == "calendar", $"{member} has lost an event.\n{history}");
        }
        var before = await Rows();
        foreach (var member in staff) await api.Sync(member);
        Assert.True(before.SequenceEqual(await Rows()), $"A further pass changed something.\n{history}");
    }

    /// <summary>Passes until nothing is left to do: a push of one mailbox may concern the others.</summary>
    private async Task Quiet()
    {
        for (var round = 0; round < 4; round++)
        {
            foreach (var member in staff) await api.Sync(member);
            List<(string Staff, SyncedEvent Row)> waiting = [];
            await Eventually.Until("nothing waits",
                async () => (waiting = [.. (await Rows()).Where(r => r.Row.NextPushAt is not null)]).Count == 0, () =>
                Lines(waiting.Select(r => $"{r.Staff}: {r.Row}")), ct);
        }
    }

    private async Task HoldTheSame(string member, string history)
    {
        var rows = (await Rows()).Where(r => r.Staff == member).Select(r => r.Row).ToList();
        var (exchangeSide, ourSide) = (InExchange(member, rows), InCleanSync(rows));
        Assert.True(
            exchangeSide.SequenceEqual(ourSide),
            $"{member}: only in Exchange:\n{Lines(exchangeSide.Except(ourSide))}\nonly in CleanSync:\n{Lines(ourSide.Except(exchangeSide))}\n"
            + $"{Lines(rows.Where(r => r.ItemId is { } item && ourSide.Except(exchangeSide).Any(l => l.StartsWith(item, StringComparison.Ordinal))).Select(r => $"{r} in {exchange.Mailbox(member).Find(r.ItemId!)?.FolderName}"))}\n{history}");
    }

    private async Task EveryAppointmentIsOnceInEachCalendar(RandomEdits edits, string history)
    {
        var rows = await Rows();
        var known = rows.Where(r => r.Row.AppointmentId is not null)
            .Select(r => r.Row.AppointmentId!.Value)
            .Concat(edits.Booked)
            .Distinct()
            .ToList();
        var appointments = await host.Services.GetRequiredService<IAppointmentRepository>().Named(known, ct);
        Assert.True(appointments.Count == known.Count, $"An appointment is gone.\n{history}");
        foreach (var appointment in appointments)
        {
            foreach (var member in staff)
            {
                var copies =
                    rows.Where(r => r.Staff == member && r.Row.AppointmentId == appointment.Id && r.Row.PushState is not PushState.Gone)
                        .Select(r => r.Row)
                        .ToList();
                Assert.True(
                    copies.Count == (appointment.Wants(member) ? 1 : 0),
                    $"{member} has {copies.Count} copies of an appointment of {string.Join(',', appointment.StaffIds)} ({appointment.Status}).\n{history}");
                foreach (var copy in copies)
                {
                    var item = exchange.Mailbox(member).Find(copy.ItemId!);
                    Assert.True(
                        item is not null && item.Fields.Start == appointment.Times.Start && item.Fields.End == appointment.Times.End,
                        $"{member}'s copy differs from its appointment.\n{history}");
                }
            }
        }

        var live = rows.Where(r => r.Row.Kind is EventKind.Copy && r.Row.PushState is not PushState.Gone)
            .Select(r => (r.Staff, r.Row.ItemId!))
            .ToHashSet();
        foreach (var member in staff)
        {
            var extra = exchange.Mailbox(member).Calendar
                .Where(i => i.Fields.ExtendedText(TagSet, "CleanSyncId") is not null && !live.Contains((member, i.ItemId))
                    && !edits.Kept.Contains((member, i.ItemId)))
                .ToList();
            Assert.True(
                extra.Count == 0,
                $"{member} has {extra.Count} items of ours that stand for nothing:\n{Lines(extra.Select(i => $"{i.ItemId} {i.ChangeKey} {i.Fields.Start:u} tag {i.Fields.ExtendedText(TagSet, "CleanSyncId")}, row {rows.FirstOrDefault(r => r.Row.Id.ToString() == i.Fields.ExtendedText(TagSet, "CleanSyncId"))}"))}\n{history}");
        }
    }

    private List<string> InExchange(string member, List<SyncedEvent> rows)
    {
        var window = SyncWindow.At(TimeProvider.System.GetUtcNow(), 12, CalendarZone.FindOrUtc("Europe/Berlin"));
        var copies = rows.Where(r => r.Kind is EventKind.Copy).Select(r => r.ItemId).ToHashSet(StringComparer.Ordinal);
        return [.. exchange.Mailbox(member).View(window.Start, window.End)
            .Where(e => copies.Contains(e.ItemId) || Counts(e.Fields))
            .Select(
                e => Line(e.OriginalStart is { } slot ? $"{e.Uid}|{slot:u}" : e.ItemId, e.Fields.Start, e.Fields.End, e.Fields.IsAllDay))
            .Order(StringComparer.Ordinal)];
    }

    private static List<string> InCleanSync(List<SyncedEvent> rows) =>
    [
        .. rows.Where(r => r.Kind is EventKind.External or EventKind.Copy && r.PushState is not PushState.Gone)
            .Select(r => Line(r.OriginalStart is { } slot ? $"{r.Uid}|{slot:u}" : r.ItemId!, r.Times!.Start, r.Times.End, r.Times.IsAllDay))
            .Order(StringComparer.Ordinal),
    ];

    private static bool Counts(EventFields fields) =>
        fields.FreeBusy is not (FreeBusy.Free or FreeBusy.WorkingElsewhere) && !fields.IsCancelled && fields.End > fields.Start;

    private static string Line(string identity, DateTimeOffset start, DateTimeOffset end, bool allDay) =>
        $"{identity} {start:u} {end:u} {allDay}";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private async Task<List<(string Staff, SyncedEvent Row)>> Rows()
    {
        var rows = new List<(string, SyncedEvent)>();
        foreach (var member in staff)
        {
            var link = (await host.Services.GetRequiredService<IStaffCalendarLinkRepository>().FindByStaff(member, ct))!;
            rows.AddRange((await host.Services.GetRequiredService<ISyncedEventRepository>().OfLink(link.Id, ct)).OrderBy(r => r.Id)
                .Select(r => (member, r with { Attempts = [] })));
        }

        return rows;
    }
}

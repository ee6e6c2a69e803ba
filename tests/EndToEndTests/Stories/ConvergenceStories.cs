using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using CalendarZone = CleanSync.Domain.StaffCalendarLinks.CalendarZone;
using FreeBusy = CleanSync.ExchangeSimulator.Mailboxes.FreeBusy;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Random edits on both sides, then quiet: both calendars are equal, and a further pass plans nothing.</summary>
public sealed class ConvergenceStories
{
    private static readonly string[] Staff = ["anna", "bert", "cleo"];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task After_two_hundred_random_edits_and_quiet_both_sides_hold_the_same(int seed)
    {
        await using var exchange = await Organisation.Start(Staff);
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        foreach (var member in Staff) await api.Link(integration, member);
        await api.Authorize(integration);
        var edits = new RandomEdits(seed, exchange, api, Staff);
        for (var i = 0; i < 200; i++) await edits.Next();

        await Quiet(host, api);
        var history = $"seed {seed}\n{string.Join('\n', edits.Done)}";
        foreach (var member in Staff)
        {
            var rows = (await Rows(host)).Where(r => r.Staff == member).Select(r => r.Row).ToList();
            var (exchangeSide, ourSide) = (InExchange(exchange, member, rows), InCleanSync(rows));
            Assert.True(
                exchangeSide.SequenceEqual(ourSide),
                $"{member}: only in Exchange:\n{Lines(exchangeSide.Except(ourSide))}\nonly in CleanSync:\n{Lines(ourSide.Except(exchangeSide))}\n"
                + $"{Lines(rows.Where(r => r.ItemId is { } item && ourSide.Except(exchangeSide).Any(l => l.StartsWith(item, StringComparison.Ordinal))).Select(r => $"{r} in {exchange.Mailbox(member).Find(r.ItemId!)?.FolderName}"))}\n{history}");
        }

        await EveryAppointmentIsOnceInEachCalendar(host, exchange, history);
        var before = await Rows(host);
        foreach (var member in Staff) await api.Sync(member);
        Assert.True(before.SequenceEqual(await Rows(host)), $"A further pass changed something.\n{history}");
    }

    /// <summary>Passes until nothing is left to do: a push of one mailbox may concern the others.</summary>
    private async Task Quiet(CleanSyncHost host, CleanSyncClient api)
    {
        for (var round = 0; round < 4; round++)
        {
            foreach (var member in Staff) await api.Sync(member);
            await Patience.Until("nothing waits", async () => !(await Rows(host)).Any(r => r.Row.NextPushAt is not null), ct);
        }
    }

    private async Task EveryAppointmentIsOnceInEachCalendar(CleanSyncHost host, Organisation exchange, string history)
    {
        var rows = await Rows(host);
        var appointments = await host.Services.GetRequiredService<IAppointmentRepository>().Named([.. rows.Where(r => r.Row.AppointmentId is not null).Select(r => r.Row.AppointmentId!.Value).Distinct()], ct);
        foreach (var appointment in appointments)
        {
            foreach (var member in Staff)
            {
                var copies = rows.Where(r => r.Staff == member && r.Row.AppointmentId == appointment.Id && r.Row.PushState is not PushState.Gone).ToList();
                Assert.True(copies.Count == (appointment.Wants(member) ? 1 : 0), $"{member} has {copies.Count} copies of an appointment of {string.Join(',', appointment.StaffIds)} ({appointment.Status}).\n{history}");
                foreach (var (_, copy) in copies)
                {
                    var item = exchange.Mailbox(member).Find(copy.ItemId!);
                    Assert.True(item is not null && item.Fields.Start == appointment.Times.Start && item.Fields.End == appointment.Times.End, $"{member}'s copy differs from its appointment.\n{history}");
                }
            }
        }
    }

    private static List<string> InExchange(Organisation exchange, string member, List<SyncedEvent> rows)
    {
        var window = SyncWindow.At(TimeProvider.System.GetUtcNow(), 12, CalendarZone.FindOrUtc("Europe/Berlin"));
        var copies = rows.Where(r => r.Kind is EventKind.Copy).Select(r => r.ItemId).ToHashSet(StringComparer.Ordinal);
        return [.. exchange.Mailbox(member).View(window.Start, window.End)
            .Where(e => copies.Contains(e.ItemId) || Counts(e.Fields))
            .Select(e => Line(e.OriginalStart is { } slot ? $"{e.Uid}|{slot:u}" : e.ItemId, e.Fields.Start, e.Fields.End, e.Fields.IsAllDay)).Order(StringComparer.Ordinal)];
    }

    private static List<string> InCleanSync(List<SyncedEvent> rows) =>
    [
        .. rows.Where(r => r.Kind is EventKind.External or EventKind.Copy && r.PushState is not PushState.Gone)
            .Select(r => Line(r.OriginalStart is { } slot ? $"{r.Uid}|{slot:u}" : r.ItemId!, r.Times!.Start, r.Times.End, r.Times.IsAllDay)).Order(StringComparer.Ordinal),
    ];

    private static bool Counts(EventFields fields) =>
        fields.FreeBusy is not (FreeBusy.Free or FreeBusy.WorkingElsewhere) && !fields.IsCancelled && fields.End > fields.Start;

    private static string Line(string identity, DateTimeOffset start, DateTimeOffset end, bool allDay) => $"{identity} {start:u} {end:u} {allDay}";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private async Task<List<(string Staff, SyncedEvent Row)>> Rows(CleanSyncHost host)
    {
        var rows = new List<(string, SyncedEvent)>();
        foreach (var member in Staff)
        {
            var link = (await host.Services.GetRequiredService<IStaffCalendarLinkRepository>().FindByStaff(member, ct))!;
            rows.AddRange((await host.Services.GetRequiredService<ISyncedEventRepository>().OfLink(link.Id, ct)).OrderBy(r => r.Id).Select(r => (member, r with { Attempts = [] })));
        }

        return rows;
    }
}

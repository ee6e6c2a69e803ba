using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.SyncedEvents;
using CleanSync.ExchangeSimulator.Notifications;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model.VirtualTime;

namespace CleanSync.Model.Soaking;

/// <summary>
/// Virtual minutes of streaming under trouble: people edit at random while connections close, break, fall silent, mailboxes move between
/// servers and subscriptions are lost. Nothing is polled, so what is known at the end has come through the notified or the pass after an
/// opening.
/// </summary>
internal sealed class VirtualSoak(int mailboxes, int minutes, int seed)
{
    /// <summary>As many deletions as the deletion fuse lets pass.</summary>
    private const int MostDeletions = 8;

    /// <summary>Silence takes 90 seconds to be noticed, and failures have pauses.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(8), Calm = TimeSpan.FromMinutes(3);

    private readonly int[] deletions = new int[mailboxes];
    private readonly Random random = new(seed);
    private readonly VirtualThread thread = new(new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero));
    private readonly List<long> memory = [];
    private VirtualExchange exchange = null!;
    private int edits, troubles, calls;

    private NotificationHub Hub => exchange.Organisation.Notifications;

    public SoakReport Run(string folder)
    {
        exchange = new VirtualExchange(thread, mailboxes);
        Hub.Chunking = new Chunking(Doubled: true, Blanks: true);
        return thread.Run(async () =>
        {
            await using var node = await VirtualNode.Start(
                thread,
                exchange,
                folder,
                ("Sync:PollInterval", "12:00:00"),
                ("Sync:PollIntervalWhenStreaming", "12:00:00"),
                ("Notifications:GroupSize", "16"),
                ("Database:SurvivePowerCut", "false"));
            await node.Connect(mailboxes);
            node.Begin(listens: true);
            await node.Until(() => Task.FromResult(Hub.HeardSubscriptions == mailboxes), TimeSpan.FromMinutes(5));
            await Quarters();
            await Measure(Rest);
            return await Report(node);
        });
    }

    private async Task Quarters()
    {
        for (var mailbox = 0; mailbox < mailboxes; mailbox++) Begin(mailbox);
        for (var minute = 0; minute < minutes; minute++)
        {
            if (minute > 0 && minute % (minutes / 4) == 0) await Measure(Calm);
            for (var tenth = 0; tenth < 10; tenth++)
            {
                for (var n = random.Next(mailboxes / 8); n > 0; n--) Edit(random.Next(mailboxes));
                if (random.Next(12) == 0) Trouble();
                await thread.Delay(TimeSpan.FromSeconds(random.Next(2, 11)));
            }

            calls += exchange.Calls.Count;
            exchange.ForgetCalls();
        }
    }

    private void Begin(int mailbox)
    {
        for (var i = 0; i < 20; i++) exchange.Mailbox(mailbox).Person.Adds(Draft());
    }

    private void Edit(int mailbox)
    {
        edits++;
        var person = exchange.Mailbox(mailbox).Person;
        var items = exchange.Mailbox(mailbox).Calendar;
        var item = items[random.Next(items.Count)].ItemId;
        switch (random.Next(10))
        {
            case < 5:
                person.Renames(item, $"Event {random.Next(1000)}");
                break;
            case < 9:
            case 9 when deletions[mailbox] == MostDeletions:
                person.Moves(item, Start());
                break;
            default: // as many as before
                deletions[mailbox]++;
                person.HardDeletes(item);
                person.Adds(Draft());
                break;
        }
    }

    private void Trouble()
    {
        troubles++;
        var mailbox = VirtualExchange.AddressOf(random.Next(mailboxes));
        switch (random.Next(7))
        {
            case 0: Hub.CloseAll(); break;
            case 1: Hub.AbortAll(); break;
            case 2: Hub.MuteAll(); break;
            case 3: Hub.MoveToAnotherServer(mailbox); break;
            case 4: Hub.Lose(mailbox); break;
            case 5: Hub.Lose(); break;
            default: Hub.StaysOpenWithBadIds = !Hub.StaysOpenWithBadIds; break;
        }
    }

    /// <summary>What lives when nothing has happened for a while.</summary>
    private async Task Measure(TimeSpan calm)
    {
        await thread.Delay(calm);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        memory.Add(GC.GetTotalMemory(forceFullCollection: true));
    }

    private async Task<SoakReport> Report(VirtualNode node)
    {
        var missed = new List<string>();
        for (var mailbox = 0; mailbox < mailboxes; mailbox++)
        {
            var known =
                (await node.Get<ISyncedEventRepository>().OfLink((await node.Link(mailbox)).Id, default))
                    .Where(e => e.Kind is EventKind.External).ToDictionary(e => e.ItemId!, e => (e.Title, e.Times!.Start));
            var there = exchange.Mailbox(mailbox).Calendar.ToDictionary(e => e.ItemId, e => (e.Fields.Subject, e.Fields.Start));
            missed.AddRange(there.Where(e => !known.TryGetValue(e.Key, out var k) || k.Title != e.Value.Subject || k.Start != e.Value.Start)
                .Select(e => $"mailbox {mailbox}: {e.Value} is not known so"));
            missed.AddRange(known.Keys.Except(there.Keys).Select(id => $"mailbox {mailbox}: {known[id]} is gone"));
        }

        var polled = 0;
        for (var mailbox = 0; mailbox < mailboxes; mailbox++)
        {
            var shown = (await node.Send(new GetStaffLink((await node.Link(mailbox)).StaffId))).Value;
            if (shown.Notifications.Mode is NotificationMode.Polling) polled++;
        }

        return new SoakReport(
            mailboxes,
            (mailboxes + 15) / 16,
            edits,
            troubles,
            calls,
            missed,
            Hub.SubscribedMailboxes,
            Hub.OpenConnections,
            exchange.OpenStreams,
            exchange.OpenHandlers,
            polled, memory);
    }

    private EventDraft Draft()
    {
        var start = Start();
        return new EventDraft($"Event {random.Next(1000)}", start, start.AddHours(1));
    }

    private DateTimeOffset Start() => new DateTimeOffset(2026, 7, 8, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * random.Next(4 * 24 * 60));
}

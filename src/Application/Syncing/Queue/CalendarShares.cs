namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Who may begin. So many calendars side by side on this node, and of one integration as many as its gate can keep busy, so that one that
/// stands still does not use up the node, whatever was announced for it. What somebody waits for (a push, a change in Exchange) goes before
/// passes and clean-ups that are only due; of the room neither of the two takes more than three quarters.
/// </summary>
internal sealed class CalendarShares(SyncOptions options)
{
    private readonly Dictionary<Guid, Share> shares = [];

    /// <summary>Integrations in turn: who began last stands last.</summary>
    private readonly LinkedList<Share> turn = [];

    private readonly int[] running = new int[2];

    /// <summary>At the end of its line.</summary>
    public void Wait(QueuedCalendar calendar)
    {
        if (!shares.TryGetValue(calendar.IntegrationId!.Value, out var share))
            turn.AddLast((shares[calendar.IntegrationId.Value] = share = new Share(calendar.IntegrationId.Value)).Turn);
        share.Waiting[Line(calendar.IsUrgent)].Enqueue((calendar, ++calendar.Place));
    }

    /// <summary>The next that may begin; null when none may.</summary>
    public QueuedCalendar? Take() => Take(urgent: true) ?? Take(urgent: false);

    public void End(QueuedCalendar calendar)
    {
        if (calendar is not { Stage: QueueStage.Running, IntegrationId: { } integration }) return;
        running[Line(calendar.BeganUrgent)]--;
        var share = shares[integration];
        share.Running[Line(calendar.BeganUrgent)]--;
        if (!share.IsUnused) return;
        shares.Remove(integration);
        turn.Remove(share.Turn);
    }

    private static int Line(bool urgent) => urgent ? 0 : 1;

    private static int Most(int room) => Math.Max(1, room * 3 / 4);

    private QueuedCalendar? Take(bool urgent)
    {
        var line = Line(urgent);
        if (!HasRoom(running, line, options.Parallelism)) return null;
        var ofIntegration = Math.Max(1, Math.Min(options.Parallelism, options.CallsAtOnce * 2));
        for (var place = turn.First; place is not null; place = place.Next)
        {
            var share = place.Value;
            if (!HasRoom(share.Running, line, ofIntegration) || share.Next(line) is not { } calendar) continue;
            running[line]++;
            share.Running[line]++;
            turn.Remove(place);
            turn.AddLast(place);
            return calendar;
        }

        return null;
    }

    private static bool HasRoom(int[] running, int line, int room) => running[0] + running[1] < room && running[line] < Most(room);

    private sealed class Share
    {
        public Share(Guid integrationId) => (IntegrationId, Turn) = (integrationId, new LinkedListNode<Share>(this));

        public Guid IntegrationId { get; }

        public LinkedListNode<Share> Turn { get; }

        public int[] Running { get; } = new int[2];

        public Queue<(QueuedCalendar Calendar, int Place)>[] Waiting { get; } = [new(), new()];

        public bool IsUnused => Running[0] + Running[1] == 0 && Waiting[0].Count + Waiting[1].Count == 0;

        /// <summary>Whoever stands in another line by now, or has begun, is passed over.</summary>
        public QueuedCalendar? Next(int line)
        {
            while (Waiting[line].TryDequeue(out var next))
            {
                if (next.Calendar.Stage is QueueStage.Ready && next.Calendar.Place == next.Place) return next.Calendar;
            }

            return null;
        }
    }
}

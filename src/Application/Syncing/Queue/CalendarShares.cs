namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Who may begin. So many calendars side by side on this node, and of one integration as many as its gate can keep busy, so that one that
/// stands still does not use up the node, whatever was announced for it. Pushes go before changes in Exchange, and these before passes and
/// clean-ups that are only due. So that none starves, pushes take at most three quarters of the room, and so do the two others together,
/// of which neither takes more than three quarters of that.
/// </summary>
internal sealed class CalendarShares(SyncOptions options)
{
    private readonly Dictionary<Guid, Share> shares = [];

    /// <summary>Integrations in turn: who began last stands last.</summary>
    private readonly LinkedList<Share> turn = [];

    private static readonly QueueLine[] Lines = Enum.GetValues<QueueLine>();

    private readonly int[] running = new int[Lines.Length];

    /// <summary>At the end of its line.</summary>
    public void Wait(QueuedCalendar calendar)
    {
        if (!shares.TryGetValue(calendar.IntegrationId!.Value, out var share))
            turn.AddLast((shares[calendar.IntegrationId.Value] = share = new Share(calendar.IntegrationId.Value)).Turn);
        share.Waiting[(int)calendar.Line].Enqueue((calendar, ++calendar.Place));
    }

    /// <summary>The next that may begin; null when none may.</summary>
    public QueuedCalendar? Take() => Lines.Select(Take).FirstOrDefault(taken => taken is not null);

    public void End(QueuedCalendar calendar)
    {
        if (calendar is not { Stage: QueueStage.Running, IntegrationId: { } integration }) return;
        running[(int)calendar.BeganIn]--;
        var share = shares[integration];
        share.Running[(int)calendar.BeganIn]--;
        if (!share.IsUnused) return;
        shares.Remove(integration);
        turn.Remove(share.Turn);
    }

    private static int Most(int room) => Math.Max(1, room * 3 / 4);

    private QueuedCalendar? Take(QueueLine line)
    {
        if (!HasRoom(running, line, options.Parallelism)) return null;
        var ofIntegration = Math.Max(1, Math.Min(options.Parallelism, options.CallsAtOnce * 2));
        for (var place = turn.First; place is not null; place = place.Next)
        {
            var share = place.Value;
            if (!HasRoom(share.Running, line, ofIntegration) || share.Next(line) is not { } calendar) continue;
            running[(int)line]++;
            share.Running[(int)line]++;
            turn.Remove(place);
            turn.AddLast(place);
            return calendar;
        }

        return null;
    }

    private static bool HasRoom(int[] running, QueueLine line, int room)
    {
        var pushes = running[(int)QueueLine.Pushes];
        var others = running.Sum() - pushes;
        return pushes + others < room
            && (line is QueueLine.Pushes
                ? pushes < Most(room)
                : others < Most(room) && running[(int)line] < Most(Most(room)));
    }

    private sealed class Share
    {
        public Share(Guid integrationId) => (IntegrationId, Turn) = (integrationId, new LinkedListNode<Share>(this));

        public Guid IntegrationId { get; }

        public LinkedListNode<Share> Turn { get; }

        public int[] Running { get; } = new int[Lines.Length];

        public Queue<(QueuedCalendar Calendar, int Place)>[] Waiting { get; } =
            [.. Lines.Select(_ => new Queue<(QueuedCalendar Calendar, int Place)>())];

        public bool IsUnused => Running.Sum() == 0 && Waiting.Sum(w => w.Count) == 0;

        /// <summary>Whoever stands in another line by now, or has begun, is passed over.</summary>
        public QueuedCalendar? Next(QueueLine line)
        {
            while (Waiting[(int)line].TryDequeue(out var next))
            {
                if (next.Calendar.Stage is QueueStage.Ready && next.Calendar.Place == next.Place) return next.Calendar;
            }

            return null;
        }
    }
}

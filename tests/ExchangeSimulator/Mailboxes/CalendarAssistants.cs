namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>How often an assistant touches each new item, and how long it waits before each touch.</summary>
public sealed record AssistantPlan(int Touches, TimeSpan Every);

/// <summary>
/// The server's own assistants, which write to items soon after these were made: nothing is to be seen of it but the change key. They work
/// by the clock, when the next call comes.
/// </summary>
internal sealed class CalendarAssistants(TimeProvider time)
{
    private const string Name = "Calendar Assistant";
    private readonly PriorityQueue<(Mailbox Mailbox, StoredItem Item), DateTimeOffset> _due = new();
    private readonly Lock _gate = new();

    public AssistantPlan? Plan { get; set; }

    public void Saw(Mailbox mailbox, StoredItem item)
    {
        if (Plan is not { } plan) return;
        lock (_gate)
            for (var touch = 1; touch <= plan.Touches; touch++) _due.Enqueue((mailbox, item), item.Created + (plan.Every * touch));
    }

    public void Work()
    {
        while (Next() is var (mailbox, item))
        {
            lock (mailbox.Gate)
                if (mailbox.Item(item.Id) == item) mailbox.Touch(item, Name);
        }
    }

    private (Mailbox Mailbox, StoredItem Item)? Next()
    {
        lock (_gate) return _due.TryPeek(out _, out var due) && due <= time.GetUtcNow() ? _due.Dequeue() : null;
    }
}

namespace CleanSync.Model.Histories;

/// <summary>What shall go wrong, or happen, at later calls and commits. Counting begins when it is planned.</summary>
internal sealed class Troubles
{
    private readonly List<Planned<CallTrouble>> calls = [];
    private readonly List<Planned<CommitTrouble>> commits = [];
    private readonly List<Planned<Operation>> meanwhile = [];

    /// <summary>CleanSync has crashed: nothing of it can have an effect any more.</summary>
    public bool PowerIsOff { get; set; }

    /// <summary>A commit of the operation under way was made to fail: an exception is no unhandled exception.</summary>
    public bool HasBroken { get; set; }

    /// <summary>A request was delivered a second time at least once.</summary>
    public bool DeliveredTwice { get; set; }

    /// <summary>A create was carried out after it was given up at least once.</summary>
    public bool CreatedLate { get; set; }

    /// <summary>What happens while this process stands still: time passes, and another node does its work in that mailbox.</summary>
    public Func<Guid, Task> WhileStalled { get; set; } = _ => Task.CompletedTask;

    public Misjudgements Misjudgements { get; } = new();

    public void AtCall(CallTrouble trouble, int after) => calls.Add(new(trouble, after));

    public void AtCommit(CommitTrouble trouble, int after) => commits.Add(new(trouble, after));

    public void Meanwhile(Operation what, int after) => meanwhile.Add(new(what, after));

    public CallTrouble? NextCall() => Take(calls) is [var trouble, ..] ? trouble : null;

    public CommitTrouble? NextCommit() => Take(commits) is [var trouble, ..] ? trouble : null;

    public IReadOnlyList<Operation> BeforeCall() => Take(meanwhile);

    public void Clear()
    {
        calls.Clear();
        commits.Clear();
        meanwhile.Clear();
        Misjudgements.Every = null;
    }

    public void ClearCommits() => commits.Clear();

    private static List<T> Take<T>(List<Planned<T>> planned)
    {
        var now = planned.Where(p => p.Left-- == 0).ToList();
        foreach (var taken in now) planned.Remove(taken);
        return [.. now.Select(p => p.What)];
    }

    private sealed class Planned<T>(T what, int left)
    {
        public T What { get; } = what;

        public int Left { get; set; } = left;
    }
}

/// <summary>The process has ended: whatever still runs in it has no effect.</summary>
internal sealed class PowerIsOff() : Exception("CleanSync has crashed at this point of the history.");

/// <summary>The database refused a commit, as a full disk would.</summary>
internal sealed class DatabaseBroke() : Exception("The database refused a commit at this point of the history.");

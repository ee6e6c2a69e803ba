namespace CleanSync.ExchangeSimulator.Faults;

/// <summary>What shall go wrong with the next calls. The first rule that fits a call is used up by it.</summary>
public sealed class FaultScript
{
    private readonly List<Rule> _rules = [];
    private readonly Lock _gate = new();

    private sealed class Rule(
        Fault fault,
        string? operation,
        string? mailbox,
        int times,
        int after)
    {
        private int _spared = after;

        public Fault Fault { get; } = fault;
        public int Left { get; set; } = times;

        public bool Fits(string operationName, string? mailboxAddress) =>
            (operation is null || operation == operationName)
            && (mailbox is null || string.Equals(mailbox, mailboxAddress, StringComparison.OrdinalIgnoreCase))
            && _spared-- <= 0;
    }

    /// <summary>How many planned faults have not happened yet.</summary>
    public int Pending
    {
        get { lock (_gate) return _rules.Sum(r => r.Left); }
    }

    /// <summary>
    /// The next <paramref name="times"/> calls of that operation (any, if null) for that mailbox (any, if null) meet the fault;
    /// the first <paramref name="after"/> of them are spared.
    /// </summary>
    public void Next(
        Fault fault,
        string? operation = null,
        string? mailbox = null,
        int times = 1,
        int after = 0)
    {
        lock (_gate) _rules.Add(new Rule(fault, operation, mailbox, times, after));
    }

    /// <summary>The next such call takes effect; its answer waits until the hold is released.</summary>
    public Hold WithholdNext(string? operation = null, string? mailbox = null, int after = 0)
    {
        var hold = new Hold();
        Next(new Fault.Withhold(hold), operation, mailbox, after: after);
        return hold;
    }

    public void Clear()
    {
        lock (_gate) _rules.Clear();
    }

    internal Fault? Take(string operation, string? mailbox)
    {
        lock (_gate)
        {
            var rule = _rules.Find(r => r.Fits(operation, mailbox));
            if (rule is null) return null;
            if (--rule.Left == 0) _rules.Remove(rule);
            return rule.Fault;
        }
    }
}

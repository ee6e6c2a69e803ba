namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>One host name of the organisation, and what is behind it.</summary>
public sealed class AutodiscoverHost
{
    private readonly LinkedList<AutodiscoverAnswer> _script = [];
    private readonly Lock _gate = new();

    public bool OffersSoap { get; set; } = true;

    public bool OffersPox { get; set; } = true;

    /// <summary>Not Exchange, but a public web site that answers everything with this status and a page; null for Exchange.</summary>
    public int? WebSite { get; set; }

    /// <summary>Where plain http leads; null when it is refused.</summary>
    public string? PlainHttpLeadsTo { get; set; }

    /// <summary>A service that does not ask who calls.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The answer to each question once the script is over; null for the settings.</summary>
    public AutodiscoverAnswer? Always { get; set; }

    /// <summary>Scripts what the next questions meet.</summary>
    public AutodiscoverHost Next(AutodiscoverAnswer answer, int times = 1)
    {
        lock (_gate)
        {
            for (; times > 0; times--) _script.AddLast(answer);
        }

        return this;
    }

    /// <summary>Takes what is next, if it is for somebody who has logged on or has not.</summary>
    internal AutodiscoverAnswer? Take(bool beforeLogon)
    {
        lock (_gate)
        {
            var next = _script.First?.Value ?? Always;
            if (next is AutodiscoverAnswer.Http { BeforeLogon: true } != beforeLogon) return null;
            if (_script.Count > 0) _script.RemoveFirst();
            return next;
        }
    }
}

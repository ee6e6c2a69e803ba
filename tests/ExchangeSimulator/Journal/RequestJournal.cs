namespace CleanSync.ExchangeSimulator.Journal;

/// <summary>Every request that reached the EWS address, in order of arrival of the answer.</summary>
public sealed class RequestJournal
{
    private readonly List<EwsRequestRecord> _records = [];
    private readonly Lock _gate = new();
    private long _sequence;
    private int _inFlight;

    public IReadOnlyList<EwsRequestRecord> All
    {
        get { lock (_gate) return [.. _records]; }
    }

    /// <summary>The authenticated calls, without the legs of handshakes.</summary>
    public IReadOnlyList<EwsRequestRecord> Calls => [.. All.Where(r => !r.IsUnauthorized)];

    /// <summary>How many authenticated HTTP calls were being answered at once at most, since the last Clear.</summary>
    public int HighestParallelism { get; private set; }

    /// <summary>How many requests there were, of one operation or of all; all includes the legs of handshakes.</summary>
    public int Count(string? operation = null)
    {
        lock (_gate) return operation is null ? _records.Count : _records.Count(r => r.Operation == operation);
    }

    public int CountExcludingHandshake
    {
        get { lock (_gate) return _records.Count(r => !r.IsUnauthorized); }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
            HighestParallelism = _inFlight;
        }
    }

    internal void Add(EwsRequestRecord record)
    {
        lock (_gate) _records.Add(record with { Sequence = ++_sequence });
    }

    internal void Begin()
    {
        lock (_gate) HighestParallelism = Math.Max(HighestParallelism, ++_inFlight);
    }

    /// <summary>A call that stays open for long was put aside with End, and ends now.</summary>
    internal void Resume()
    {
        lock (_gate) _inFlight++;
    }

    internal void End()
    {
        lock (_gate) _inFlight--;
    }
}

using CleanSync.Application.Syncing.Pushes;

namespace CleanSync.Benchmarks.Model;

/// <summary>Notes which calendars rang; the history decides when they are pushed.</summary>
internal sealed class Rings : IPushSignal
{
    private readonly List<Guid> rung = [];

    public void Announce(IEnumerable<Guid> linkIds) => rung.AddRange(linkIds.Where(id => !rung.Contains(id)));

    /// <summary>Those that rang since the last taking.</summary>
    public IReadOnlyList<Guid> Take()
    {
        Guid[] taken = [.. rung];
        rung.Clear();
        return taken;
    }
}

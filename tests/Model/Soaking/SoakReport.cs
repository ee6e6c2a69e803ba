using System.Globalization;

namespace CleanSync.Model.Soaking;

/// <summary>What a soak found at its end.</summary>
/// <param name="Missed">Changes that CleanSync does not know of, in words; none if all is well.</param>
/// <param name="Memory">Live bytes at the end of each quarter.</param>
internal sealed record SoakReport(
    int Mailboxes,
    int Groups,
    int Edits,
    int Troubles,
    int Calls,
    IReadOnlyList<string> Missed,
    IReadOnlyList<string> Subscribed,
    int Connections,
    int Streams,
    int Handlers,
    int PolledAtTheEnd,
    IReadOnlyList<long> Memory)
{
    /// <summary>By how much the memory at the end differs from that after the first quarter, as a part of it.</summary>
    public double Growth => (Memory[^1] - Memory[0]) / (double)Memory[0];

    /// <summary>Everything that should be equal is, and memory is flat within 5 %.</summary>
    public bool IsWell =>
        Missed.Count == 0
            && Subscribed.Count == Mailboxes
            && Subscribed.Distinct().Count() == Mailboxes
            && Connections == Groups
            && Streams == Groups
        && Handlers == 2 && PolledAtTheEnd == 0 && Growth <= 0.05;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Mailboxes} mailboxes in {Groups} groups, {Edits} edits, {Troubles} troubles, {Calls} calls
        missed: {(Missed.Count == 0 ? "nothing" : string.Join("; ", Missed.Take(5)))}
        subscriptions {Subscribed.Count}, connections {Connections}, streams {Streams}, handlers {Handlers}, polled {PolledAtTheEnd}
        live memory by quarter: {string.Join(", ", Memory.Select(m => $"{m / 1024.0 / 1024.0:0.00} MB"))} ({Growth:+0.0 %;-0.0 %} since the first)
        """);
}

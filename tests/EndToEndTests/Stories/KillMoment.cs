using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>A point of progress at which the process is killed; chosen by jitter, awaited as a condition.</summary>
internal abstract record KillMoment
{
    private const int MostCalls = 12;

    /// <summary>It gets no further than this into its start.</summary>
    public sealed record WhileStarting(int Milliseconds) : KillMoment;

    /// <summary>The call after so many others breaks before Exchange did anything.</summary>
    public sealed record BeforeTheEffect(string? Operation, int After) : KillMoment;

    /// <summary>Exchange did what the call after so many others asked for, and its answer never arrives.</summary>
    public sealed record BeforeTheAnswer(string? Operation, int After) : KillMoment;

    /// <summary>The call after so many others was answered a moment ago: the commit is before, in or behind its transaction.</summary>
    public sealed record AfterTheAnswer(int After, int Milliseconds) : KillMoment;

    public static KillMoment By(Random random) => random.Next(10) switch
    {
        0 => new WhileStarting(random.Next(1000)),
        < 3 => new BeforeTheEffect(null, random.Next(MostCalls)),
        3 => new BeforeTheEffect("CreateItem", 0),
        < 6 => new BeforeTheAnswer(null, random.Next(MostCalls)),
        6 => new BeforeTheAnswer("CreateItem", 0),
        _ => new AfterTheAnswer(random.Next(MostCalls), random.Next(40)),
    };

    /// <summary>Makes ready for the moment now, counting from here; the task ends when it has come.</summary>
    public Task Comes(Organisation exchange, CancellationToken ct)
    {
        var (faults, requests) = (exchange.Exchange.Faults, exchange.Exchange.Requests);
        switch (this)
        {
            case BeforeTheEffect breaks:
                faults.Next(new Fault.AbortBeforeEffect(), breaks.Operation, after: breaks.After);
                return Eventually.Until($"comes {this}", () => faults.Pending == 0, ct);
            case BeforeTheAnswer holds:
                return faults.WithholdNext(holds.Operation, after: holds.After).Reached.WaitAsync(Eventually.Longest, ct);
            case AfterTheAnswer(var after, var milliseconds):
                var calls = requests.CountExcludingHandshake + after;
                return Later(Eventually.Until($"comes {this}", () => requests.CountExcludingHandshake > calls, ct), milliseconds, ct);
            default:
                return Task.CompletedTask;
        }
    }

    private static async Task Later(Task moment, int milliseconds, CancellationToken ct)
    {
        await moment;
        await Task.Delay(milliseconds, ct); // chooses the moment; nothing is concluded from it
    }
}

using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The real executable on a real database file, killed without warning again and again while both sides change.</summary>
public sealed class RandomKillStories
{
    private const int Kills = 50, EditsInEachLife = 5;
    private static readonly string[] Staff = ["anna", "bert", "cleo"];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory, Long]
    [InlineData(1)]
    public async Task Killed_fifty_times_at_random_while_both_sides_change_both_end_equal(int seed)
    {
        await using var exchange = await Organisation.Start(Staff);
        using var data = new TemporaryFolder();
        using var process = new CleanSyncProcess(data, ct);
        process.Settings["Scheduling:SyncHeartbeat"] =
            process.Settings["Scheduling:PushInterval"] = process.Settings["Sync:PollInterval"] = "00:00:00.2";
        var api = await process.Start();
        await Connect(api, exchange);
        var edits = new RandomEdits(seed, exchange, api, Staff);
        var moments = new Random(seed);
        for (var life = 0; life < Kills; life++)
        {
            await LiveUntil(KillMoment.By(moments), process, exchange, edits);
            exchange.Exchange.Faults.Clear();
        }

        await process.Start();
        await edits.AskAgain();
        await process.Kill();
        await using var host = new CleanSyncHost(data).With("Scheduling:PushInterval", "00:00:01")
            .With("Sync:CallTimeout", "00:00:05")
            .With("Sync:AttemptGrace", "00:00:01");
        await new BothSides(exchange, host, Staff, ct).EndEqual(edits, $"seed {seed}\n{string.Join('\n', edits.Done)}");
    }

    private static async Task Connect(CleanSyncClient api, Organisation exchange)
    {
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        foreach (var member in Staff) await api.Link(integration, member);
        await api.Authorize(integration);
    }

    /// <summary>One life: it starts, both sides change, and the moment comes while they do.</summary>
    private async Task LiveUntil(KillMoment end, CleanSyncProcess process, Organisation exchange, RandomEdits edits)
    {
        edits.Done.Add(end.ToString());
        if (end is KillMoment.WhileStarting(var milliseconds))
        {
            if (process.IsRunning) await process.Kill();
            process.Launch();
            await Task.Delay(milliseconds, ct); // chooses the moment; nothing is concluded from it
            await process.Kill();
            return;
        }

        if (!process.IsRunning) await process.Start();
        var moment = end.Comes(exchange, ct);
        var changes = Change(edits);
        await moment;
        await process.Kill();
        await changes;
    }

    private static async Task Change(RandomEdits edits)
    {
        await Try(edits.Book);
        for (var i = 1; i < EditsInEachLife; i++) await Try(edits.Next);

        async Task Try(Func<Task> edit)
        {
            try
            {
                await edit();
            }
            catch (HttpRequestException)
            {
                edits.Done.Add("nobody answers"); // the process was killed meanwhile
            }
        }
    }
}

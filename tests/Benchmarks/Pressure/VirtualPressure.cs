using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model.Histories;
using CleanSync.Model.VirtualTime;

namespace CleanSync.Benchmarks.Pressure;

/// <summary>The crowd on virtual time: all is well at first, then the faults begin while people go on working for some minutes.</summary>
internal sealed class VirtualPressure
{
    private static readonly DateTimeOffset Start = new(2026, 7, 6, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private readonly VirtualThread thread = new(Start);
    private readonly VirtualExchange exchange;
    private readonly bool withFaults;
    private readonly Dictionary<string, (DateTimeOffset From, DateTimeOffset Until)> asked = [];
    private bool begun;

    private VirtualPressure(bool withFaults)
    {
        this.withFaults = withFaults;
        exchange = new VirtualExchange(thread, Crowd.Mailboxes) { Conduct = Behave };
    }

    public Lags Lags { get; private set; } = new([]);

    /// <summary>Calls to a throttled mailbox before the time that Exchange had named to it.</summary>
    public List<string> TooEarly { get; } = [];

    /// <summary>How often Exchange named a time.</summary>
    public int TimesNamed { get; private set; }

    public int MostInFlight => exchange.MostInFlight;

    public static VirtualPressure Play(bool withFaults)
    {
        using var files = new DataFiles();
        var story = new VirtualPressure(withFaults);
        story.thread.Run(() => story.Run(files.Folder));
        return story;
    }

    private async Task Run(string folder)
    {
        await using var node = await VirtualNode.Start(thread, exchange, folder, ("Sync:PollInterval", "30"));
        await node.Connect(Crowd.Mailboxes);
        node.Begin();
        await thread.Delay(TimeSpan.FromSeconds(45));
        begun = withFaults;
        if (withFaults)
            foreach (var mailbox in Enumerable.Range(0, Crowd.Mailboxes).Where(Crowd.IsDenied))
            {
                exchange.Organisation.DenyImpersonation(exchange.Account, VirtualExchange.AddressOf(mailbox));
            }
        var made = new List<(string Item, DateTimeOffset At)>();
        await Task.WhenAll(Crowd.Healthy.Select(mailbox => Work(mailbox, made)));
        await node.Until(() => Task.FromResult(made.TrueForAll(m => node.Seen.ContainsKey(m.Item))), TimeSpan.FromMinutes(10));
        Lags = new Lags([.. made.Select(m => node.Seen[m.Item] - m.At)]);
    }

    /// <summary>Somebody enters five events, half a minute apart on average.</summary>
    private async Task Work(int mailbox, List<(string Item, DateTimeOffset At)> made)
    {
        var random = new Random(mailbox);
        for (var i = 0; i < 5; i++)
        {
            await thread.Delay(TimeSpan.FromSeconds(random.NextDouble() * 60));
            made.Add((Adds(mailbox), thread.Now));
        }
    }

    private string Adds(int mailbox) =>
        exchange.Mailbox(mailbox).Person.Adds(new EventDraft("Dentist", thread.Now.AddDays(1), thread.Now.AddDays(1).AddHours(1)));

    private Conduct Behave(VirtualCall call)
    {
        if (!begun || call.Mailbox.Length < 8 || !int.TryParse(call.Mailbox.AsSpan(5, 3), out var mailbox)) return new Conduct(Latency);
        if (Crowd.Hangs(mailbox)) return Conduct.Silence;
        return Crowd.IsThrottled(mailbox) ? Throttled(call, mailbox) : new Conduct(Latency);
    }

    /// <summary>Busy each time, for another time each time, and told in each of the ways that there are for one mailbox.</summary>
    private Conduct Throttled(VirtualCall call, int mailbox)
    {
        if (asked.TryGetValue(call.Mailbox, out var window) && call.At > window.From && call.At < window.Until)
            TooEarly.Add($"{call}: Exchange had asked to wait until {window.Until:O}");
        var span = TimeSpan.FromSeconds(37 + (mailbox % 7 * 41));
        asked[call.Mailbox] = (call.At + Latency, call.At + Latency + span);
        TimesNamed++;
        var milliseconds = (int)span.TotalMilliseconds;
        return new Conduct(
            Latency,
            mailbox % 20 < 10 ? new Fault.Soap("ErrorServerBusy", milliseconds) : new Fault.Response("ErrorServerBusy", milliseconds));
    }
}

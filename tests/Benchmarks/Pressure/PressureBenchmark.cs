using System.Diagnostics;

namespace CleanSync.Benchmarks.Pressure;

/// <summary>
/// Measures what healthy mailboxes notice of those that hang, are denied or are throttled: on real sockets, or with --virtual as the test
/// does.
/// </summary>
internal static class PressureBenchmark
{
    public static async Task<int> Run(string[] args)
    {
        if (!args.Contains("--virtual")) return await OnSockets();
        foreach (var withFaults in new[] { false, true })
        {
            var clock = Stopwatch.StartNew();
            var story = VirtualPressure.Play(withFaults);
            Console.WriteLine($"{(withFaults ? "with" : "without")} faults: {story.Lags}; at most {story.MostInFlight} calls at once, {story.TimesNamed} pauses asked, {story.TooEarly.Count} calls too early ({clock.Elapsed.TotalSeconds:0.0} s)");
        }

        return 0;
    }

    private static async Task<int> OnSockets()
    {
        foreach (var withFaults in new[] { false, true })
            Console.WriteLine(
                $"{(withFaults ? "with" : "without")} faults, on sockets, in real time: {await SocketPressure.Play(withFaults)}");
        return 0;
    }
}

using System.Globalization;
using CleanSync.Api.Monitoring;

namespace CleanSync.Api.Support;

/// <summary>What the server beside this command shows of itself.</summary>
internal static class OwnMetrics
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The text for Prometheus, or one line that says why there is none.</summary>
    public static async Task<string> Read(MetricsOptions options)
    {
        if (options.Port is not > 0) return "# Metrics:Port is not set, so the server shows none.\n";
        var host = options.Address is "0.0.0.0" ? "127.0.0.1" : options.Address is "::" ? "[::1]" : options.Address;
        using var http = new HttpClient { Timeout = Limit };
        try
        {
            return await http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{options.Port}/metrics")));
        }
        catch (Exception unread) when (unread is HttpRequestException or TaskCanceledException)
        {
            return $"# The server shows none: {unread.GetType().Name}.\n";
        }
    }
}

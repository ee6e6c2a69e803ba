using System.Globalization;
using System.Text.Json.Nodes;
using CleanSync.ExchangeSimulator;
using CleanSync.StorageTests.Databases;
using Npgsql;

namespace CleanSync.Model.Cluster;

/// <summary>What holds at every moment of a run, and what holds when it has come to rest.</summary>
internal sealed class ClusterLaws(
    PostgresServer database,
    string name,
    SimulatedExchange exchange,
    ClusterOffice office,
    int limit)
{
    private readonly List<string> broken = [];

    public IReadOnlyList<string> Broken => [.. broken, .. office.Surprises];

    /// <summary>By how much the calendar that waited longest was overdue when it was looked at.</summary>
    public TimeSpan LongestOverdue { get; private set; }

    /// <summary>The greatest number of calls at once that the server has counted.</summary>
    public int MostCalls => exchange.Requests.HighestParallelism;

    /// <summary>To be asked every few seconds.</summary>
    /// <param name="longest">A calendar is synced within its interval and so much more.</param>
    public async Task Look(TimeSpan longest)
    {
        const string sql = """
            select extract(epoch from max(clock_timestamp() - next_sync_at))::float8 from staff_calendar_links
            where enabled and next_sync_at < clock_timestamp()
            """;
        await using var connection = await database.Open(name);
        await using var command = new NpgsqlCommand(sql, connection);
        if (await command.ExecuteScalarAsync() is double seconds && seconds > LongestOverdue.TotalSeconds)
        {
            LongestOverdue = TimeSpan.FromSeconds(seconds);
            if (LongestOverdue > longest)
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"a calendar was {seconds:0} s overdue, more than {longest.TotalSeconds:0} s"));
        }

        Limit();
    }

    /// <summary>True when both sides show what they must; the first differences otherwise.</summary>
    public async Task<IReadOnlyList<string>> Differences(int links)
    {
        var wrong = new List<string>();
        var bookings = office.Bookings.Where(b => !b.IsCancelled).ToLookup(b => b.Link);
        var events = office.Events.ToLookup(e => e.Link);
        for (var link = 0; link < links && wrong.Count < 5; link++)
        {
            var expected = bookings[link].Select(b => (b.Title, b.Start)).Concat(events[link].Select(e => (Title: e.Subject, e.Start)))
                .Order().ToList();
            var outlook = exchange.Organisation.Mailbox(ClusterOffice.Address(link)).Calendar
                .Select(e => (e.Fields.Subject, e.Fields.Start)).Order().ToList();
            Compare(wrong, $"Outlook of {ClusterOffice.Staff(link)}", expected, outlook);
            if (expected.Count == 0) continue;
            var from = expected.Min(e => e.Start).UtcDateTime.Date;
            var shown = new List<(string, DateTimeOffset)>();
            for (; from <= expected.Max(e => e.Start); from = from.AddDays(60)) shown.AddRange(await Shown(link, from, from.AddDays(60)));
            Compare(wrong, $"CleanSync of {ClusterOffice.Staff(link)}", expected, [.. shown.Order()]);
        }

        Limit();
        return wrong;
    }

    private async Task<IEnumerable<(string, DateTimeOffset)>> Shown(int link, DateTime from, DateTime to)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"api/v1/staff/{ClusterOffice.Staff(link)}/calendar?from={from:yyyy-MM-dd}T00:00:00Z&to={to:yyyy-MM-dd}T00:00:00Z");
        var calendar = await office.Call(HttpMethod.Get, path);
        return calendar["entries"]!.AsArray().Select(Entry).ToList();

        static (string, DateTimeOffset) Entry(JsonNode? entry) =>
            (entry!["title"]?.GetValue<string>() ?? "", entry["start"]!.GetValue<DateTimeOffset>().ToUniversalTime());
    }

    private void Limit()
    {
        if (MostCalls > limit && !broken.Exists(b => b.StartsWith("Exchange", StringComparison.Ordinal)))
            broken.Add($"Exchange counted {MostCalls} calls at once with a limit of {limit}");
    }

    private static void Compare(
        List<string> wrong,
        string where,
        List<(string, DateTimeOffset)> expected,
        List<(string, DateTimeOffset)> found)
    {
        if (expected.SequenceEqual(found)) return;
        foreach (var missing in expected.Except(found)) wrong.Add($"{where} lacks {missing.Item1} at {missing.Item2:u}");
        foreach (var beyond in found.Except(expected)) wrong.Add($"{where} has {beyond.Item1} at {beyond.Item2:u}");
        foreach (var twice in found.GroupBy(f => f).Where(f => f.Count() > 1)) wrong.Add($"{where} has {twice.Key.Item1} {twice.Count()} times");
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using CleanSync.Api.Hosting;
using CleanSync.Api.Startup;
using CleanSync.Application;
using CleanSync.Model;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>The table of settings and the options that are read are one.</summary>
public sealed partial class SettingsTableTests
{
    private static readonly string[] Units = ["s", "min", "h"];

    /// <summary>Every setting has one row, or its part of one, and the default that stands there is the one that holds.</summary>
    [Fact]
    public async Task Every_setting_stands_in_the_table_once_with_its_default()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(RepositoryRoot.Path, "docs", "operations.md"), TestContext.Current.CancellationToken);
        var table = Rows(page[..page.IndexOf("## The command line", StringComparison.Ordinal)]).ToList();
        var known = KnownSettings.Sections.SelectMany(s => s.Settings).ToDictionary(s => s.Key, s => s.Standard);
        Assert.Equal(known.Keys.Order(), table.Select(r => r.Key).Order());
        Assert.All(table, row => Assert.True(
            Shown(known[row.Key]) is not { } standard || row.Default == standard,
            $"{row.Key} is {Shown(known[row.Key])} by default, and the page says {row.Default}."));
    }

    [Theory]
    [InlineData(null, "/var/lib/cleansync", "/var/lib/cleansync/cleansync.db")]
    [InlineData("data/own.db", "/var/lib/cleansync:/var/lib/other", "/var/lib/cleansync/data/own.db")]
    [InlineData("/srv/own.db", "/var/lib/cleansync", "/srv/own.db")]
    public void A_relative_path_of_a_service_counts_from_its_own_folder(string? given, string state, string expected) => Assert.Equal(
        expected, Anchored(given, new() { ["NOTIFY_SOCKET"] = "/run/notify", ["STATE_DIRECTORY"] = state }, null));

    [Fact]
    public void On_Windows_that_folder_is_below_the_data_of_programs() =>
        Assert.Equal(Path.Combine("/ProgramData", "CleanSync", "cleansync.db"), Anchored(null, [], "/ProgramData"));

    [Fact]
    public void A_service_without_a_folder_of_its_own_is_refused_a_relative_path() => Assert.StartsWith(
        "Database:Path is 'cleansync.db', which counts from a folder of the service's own, and there is none.",
        Assert.Throws<StartRefused>(() => Anchored(null, new() { ["NOTIFY_SOCKET"] = "/run/notify" }, null)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_is_no_service_counts_from_the_current_folder() => Assert.Equal("data/own.db", Anchored("data/own.db", [], null));

    private static string? Anchored(string? given, Dictionary<string, string?> environment, string? programData)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Database:Path", given)]).Build();
        ServiceFolder.Anchor(configuration, environment.GetValueOrDefault, programData);
        return configuration["Database:Path"];
    }

    /// <summary>A row may hold several keys, with as many defaults.</summary>
    private static IEnumerable<(string Key, string Default)> Rows(string page)
    {
        foreach (Match row in Row().Matches(page))
        {
            string[] keys = [.. Key().Matches(row.Groups[1].Value).Select(k => k.Groups[1].Value)];
            string[] defaults = keys.Length == 1 ? [row.Groups[2].Value] : row.Groups[2].Value.Split(", ");
            for (var i = 0; i < keys.Length; i++) yield return (keys[i], Default(defaults[Math.Min(i, defaults.Length - 1)]));
        }
    }

    /// <summary>What stands first: a word or number, and the unit of a span, as seconds.</summary>
    private static string Default(string cell)
    {
        if (Value().Match(cell) is not { Success: true } value) return cell.Split([':', ',']) is [var word, ..] ? word.Trim() : cell;
        return Array.IndexOf(Units, value.Groups[2].Value) is var unit and >= 0
            ? Seconds(TimeSpan.FromSeconds(double.Parse(value.Groups[1].Value, CultureInfo.InvariantCulture) * Math.Pow(60, unit)))
            : value.Groups[1].Value;
    }

    /// <summary>Null for what is made up at start.</summary>
    private static string? Shown(object? standard) => standard switch
    {
        null => "none",
        "" => null,
        bool flag => flag ? "true" : "false",
        TimeSpan span => Seconds(span),
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => standard.ToString(),
    };

    private static string Seconds(TimeSpan span) => $"{span.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s";

    [GeneratedRegex(@"^\| ((?:`[A-Z][A-Za-z]+:[A-Za-z]+`(?:, )?)+) \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z:]+)`")]
    private static partial Regex Key();

    [GeneratedRegex("^`([^`]+)`(?: (s|min|h)\\b)?")]
    private static partial Regex Value();
}

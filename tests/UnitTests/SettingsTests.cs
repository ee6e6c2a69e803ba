using System.ComponentModel.DataAnnotations;
using CleanSync.Application;
using CleanSync.Infrastructure;
using Xunit;

namespace CleanSync.UnitTests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Pace", "soon", "a span of time")]
    [InlineData("Pace", "-1", "a span of time")]
    [InlineData("Pace", "-00:00:01", "a span of time")]
    [InlineData("Pace", "1e300", "a span of time")]
    [InlineData("Pace", "99999999999999999999", "49.00:00:00")]
    [InlineData("Pace", "50.00:00:00", "49.00:00:00")]
    [InlineData("Beat", "0", "from 00:00:00.01")]
    [InlineData("Count", "few", "a whole number from 1")]
    [InlineData("Count", "0", "a whole number from 1")]
    [InlineData("Count", "2.5", "a whole number from 1")]
    [InlineData("Count", "99999999999", "a whole number from 1")]
    [InlineData("Limit", "21", "a whole number, 1 to 20")]
    [InlineData("Enabled", "maybe", "true or false")]
    [InlineData("Kind", "Purple", "Plain or Fancy")]
    [InlineData("Kind", "1", "Plain or Fancy")]
    public void A_value_that_is_none_is_named_with_what_was_expected(string setting, string text, string expected)
    {
        var refused = Assert.Throws<StartRefused>(() => Read((setting, text)));
        Assert.StartsWith($"Sample:{setting} is '{text}'. Expected ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_given_is_read_and_the_rest_keeps_its_value() => Assert.Equal(
        new Sample { Pace = TimeSpan.FromSeconds(1.5), Beat = TimeSpan.FromMinutes(2), Count = 7, Enabled = true, Kind = Kind.Fancy },
        Read(("Pace", "1.5"), ("Beat", "00:02:00"), ("Count", "7"), ("Enabled", "True"), ("Kind", "fancy"), ("Name", ""), ("Told", "from outside")));

    [Fact]
    public void What_the_program_tells_is_no_setting()
    {
        var settings = new SettingsSection("Sample", new Sample()).Settings.Select(s => s.Key);
        Assert.Equal(["Sample:Pace", "Sample:Beat", "Sample:Count", "Sample:Limit", "Sample:Enabled", "Sample:Kind", "Sample:Name"], settings);
    }

    /// <summary>An option of a kind that nobody reads would be known, and do nothing.</summary>
    [Fact]
    public void Every_setting_that_there_is_can_be_set() => Assert.All(InfrastructureRegistration.Sections, section =>
        Assert.All(section.Settings, known =>
        {
            var isNumber = section.Standard.GetType().GetProperty(known.Key.Split(':')[1])!.PropertyType == typeof(int?);
            var value =
                known.Standard switch
                {
                    bool flag => flag ? "false" : "true",
                    Enum kind => Enum.GetNames(kind.GetType()).First(name => name != kind.ToString()),
                    null or string when !isNumber => "text",
                    null => "47",
                    _ => "17"
                };
            Assert.NotEqual(section.Standard, Settings.Read(section.Name, key => key == known.Key ? value : null, section.Standard.Copy()));
        }));

    private static Sample Read(params (string Setting, string Text)[] given) =>
        Settings.Read("Sample", key => given.FirstOrDefault(g => $"Sample:{g.Setting}" == key).Text, new Sample());

    private enum Kind
    {
        Plain,
        Fancy,
    }

    private sealed record Sample
    {
        public TimeSpan Pace { get; init; } = TimeSpan.FromSeconds(30);

        [Range(typeof(TimeSpan), Settings.Moment, Settings.Longest)]
        public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(10);

        public int Count { get; init; } = 25;

        [Range(1, 20)]
        public int Limit { get; init; } = 8;

        public bool Enabled { get; init; }

        public Kind Kind { get; init; }

        public string? Name { get; init; } = "sample";

        public string Told { get; internal init; } = "by the program";
    }
}

file static class Options
{
    /// <summary>The options are records: a copy can be changed and compared.</summary>
    public static object Copy(this object options) => options.GetType().GetMethod("<Clone>$")!.Invoke(options, null)!;
}

using System.Text.RegularExpressions;
using CleanSync.Api.Startup;
using CleanSync.Application;
using CleanSync.EndToEndTests.Api;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

[Collection(nameof(OneApi))]
public sealed class CommandLineTests(ApiHost host)
{
    [Theory]
    [InlineData("There is no command 'kesy'. Did you mean 'keys'?", "kesy", "create")]
    [InlineData("There is no command 'serve'.", "serve")]
    [InlineData("'now' is not understood", "--urls=http://127.0.0.1:0", "now")]
    [InlineData("'-v' is not understood", "-v")]
    [InlineData("--urls wants a value", "--urls")]
    [InlineData("--Database:Path wants a value", "--Database:Path", "--urls=http://127.0.0.1:0")]
    [InlineData("--Database:Path wants a value", "keys", "list", "--Database:Path")]
    public void What_makes_no_sense_is_refused_and_no_server_starts(string expected, params string[] args) =>
        Assert.Contains(expected, Assert.Throws<StartRefused>(() => CommandLine.Read(args)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_form_of_a_setting_is_understood_and_a_commands_own_options_are_left_to_it()
    {
        Assert.Equal(["--a=1", "--b=2", "--c=3", "--d:e=x=y"], CommandLine.Read(["--a=1", "--b", "2", "/c=3", "d:e=x=y"]).Settings);
        var keys = CommandLine.Read(["keys", "create", "--name", "first admin", "--new", "--Database:Path", "/data/a.db", "--role=admin"]);
        Assert.Equal(("keys", "--Database:Path=/data/a.db"), (keys.Verb!.Name, Assert.Single(keys.Settings)));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    [InlineData("--urls=http://127.0.0.1:0", "--help")]
    public void Help_names_every_command_and_every_setting(params string[] args)
    {
        var help = CommandLine.Read(args).Answer!;
        Assert.All(Verb.All, v => Assert.Contains($"\n  {v.Name} ", help, StringComparison.Ordinal));
        Assert.All(
            KnownSettings.Sections.SelectMany(s => s.Settings), s => Assert.Contains($"\n  {s.Key} ", help, StringComparison.Ordinal));
        Assert.Contains("Exit codes: 0", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_says_what_it_takes() =>
        Assert.All(Verb.All, v => Assert.Equal(v.Usage, CommandLine.Read([v.Name, "--help"]).Answer));

    [Fact]
    public async Task The_version_is_one_wherever_it_stands()
    {
        Assert.Equal($"CleanSync {Product.Version}", CommandLine.Read(["--version"]).Answer);
        Assert.Matches(@"^\d+\.\d+\.\d+$", Product.Version);
        Assert.Equal(Product.Version, Contract.Document["info"]!["version"]!.GetValue<string>());
        var live = await host.CreateClient().GetStringAsync("/health/live", TestContext.Current.CancellationToken);
        Assert.Equal($$"""{"status":"live","version":"{{Product.Version}}"}""", live);
    }

    [Theory]
    [InlineData("Sync:PolInterval", "Sync:PollInterval")]
    [InlineData("Snyc:PollInterval", "Sync:PollInterval")]
    [InlineData("Databse:Path", "Database:Path")]
    [InlineData("Proxies:Trusted:0", "Proxies:Trusted")]
    [InlineData("Secrets:KeyFile", "Secrets:Key")]
    [InlineData("Database:BesideServer", "Database:Provider")]
    [InlineData("jwt:authorty", "Jwt:Authority")]
    public void An_unknown_setting_is_refused_with_the_nearest_known_one_wherever_it_stands(string key, string nearest)
    {
        var onCommandLine = Refusal(new ConfigurationBuilder().AddCommandLine([$"--{key}=x"]), key);
        Assert.Equal($"{key} (on the command line) is no setting. Did you mean {nearest}?", onCommandLine);
        var elsewhere = Refusal(new ConfigurationBuilder().AddInMemoryCollection([new(key, "x")]));
        Assert.Equal($"{key} is no setting. Did you mean {nearest}?", elsewhere);
    }

    [Fact]
    public void One_in_the_environment_is_named_as_it_stands_there()
    {
        const string prefix = "CLEANSYNC_COMMAND_LINE_TEST_"; // what has no prefix would reach every other test
        Environment.SetEnvironmentVariable($"{prefix}Sync__PolInterval", "60");
        Assert.Equal(
            "Sync:PolInterval (Sync__PolInterval in the environment) is no setting. Did you mean Sync:PollInterval?",
            Refusal(new ConfigurationBuilder().AddEnvironmentVariables(prefix)));
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default", true)]
    [InlineData("Kestrel:Endpoints:Https:Url", true)]
    [InlineData("AllowedHosts", true)]
    [InlineData("urls", true)]
    [InlineData("Sync:PollInterval", true)]
    [InlineData("sync:pollinterval", true)]
    [InlineData("prot", false)]
    [InlineData("Sync", false)]
    [InlineData("Elsewhere:Key", false)]
    public void On_the_command_line_every_key_is_known_or_refused(string key, bool isKnown)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine([$"--{key}=x"]).Build();
        if (isKnown) KnownSettings.RefuseUnknown(configuration, [key]);
        else Assert.Throws<StartRefused>(() => KnownSettings.RefuseUnknown(configuration, [key]));
    }

    [Fact]
    public async Task The_operators_page_names_every_setting_and_no_other()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(Contract.File)!, "operations.md"), TestContext.Current.CancellationToken);
        string[] known = [.. KnownSettings.Sections.SelectMany(s => s.Settings).Select(s => s.Key)];
        Assert.All(known, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
        Assert.All(
            Regex.Matches(page, "`([A-Z][A-Za-z]+:[A-Z][A-Za-z]+)`").Select(m => m.Groups[1].Value),
            named => Assert.Contains(named, known));
    }

    [Fact]
    public void What_others_have_in_the_environment_is_theirs() => KnownSettings.RefuseUnknown(
        new ConfigurationBuilder().AddInMemoryCollection(
            [new("PATH", "/bin"), new("Sync", "x"), new("Serilog:MinimumLevel", "Debug"), new("ConnectionStrings:Other", "x")]).Build(),
        []);

    [Theory]
    [InlineData("Sync:PollInterval", "Sync:PollInterval", 0)]
    [InlineData("snyc", "Sync", 1)]
    [InlineData("Databse", "Database", 1)]
    [InlineData("", "abc", 3)]
    public void Letters_that_differ_are_counted_and_swapped_ones_once(string written, string known, int letters) =>
        Assert.Equal(letters, Spelling.Distance(written, known));

    [Fact]
    public void What_an_operator_can_mend_is_one_line_and_a_surprise_is_told_whole()
    {
        Assert.True(
            StartFault.CanBeMended(new FormatException("The first\nand second.", new IOException("Why not.")), null, out var words));
        Assert.Equal("The first and second. Why not.", words);
        Assert.False(StartFault.CanBeMended(new NotSupportedException("A fault of ours."), null, out _));
        Assert.False(StartFault.CanBeMended(new InvalidOperationException("A fault of ours."), null, out _));
    }

    private static string Refusal(IConfigurationBuilder builder, params string[] typed) =>
        Assert.Throws<StartRefused>(() => KnownSettings.RefuseUnknown(builder.Build(), typed)).Message;
}

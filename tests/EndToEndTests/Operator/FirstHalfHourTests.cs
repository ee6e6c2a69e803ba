using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleanSync.Api.Startup;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>What somebody does who has just unpacked the program, with nothing but its executable.</summary>
public sealed class FirstHalfHourTests(PublishedProgram program) : IClassFixture<PublishedProgram>, IDisposable
{
    /// <summary>How the sealing key is spoken of.</summary>
    private const string Key = @"(?i)sealing key|Secrets:Key|cleansync\.key";

    private const string Https = "--urls=https://127.0.0.1:0";

    private readonly TemporaryFolder data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_operator_reads_the_help_makes_a_key_and_starts_and_stops_the_server()
    {
        Assert.Equal((0, $"CleanSync {Product.Version}\n", ""), await Run("--version"));
        var (code, help, errors) = await Run("--help");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("usage:", help, StringComparison.Ordinal);

        string[] create = ["keys", "create", "--name", "first admin", "--role", "admin", Database];
        Assert.Contains("keys create --new", await Refused(create), StringComparison.Ordinal);
        var (made, key, said) = await Run([.. create, "--new"]);
        Assert.Equal(0, made);
        Assert.Contains(data.DatabasePath, said, StringComparison.Ordinal);

        using var server = new CleanSyncProcess(data, Ct, program.Executable);
        server.Launch();
        using var http = new HttpClient { BaseAddress = server.Address };
        await Eventually.Until("the server is ready", () => IsReady(http), Ct);
        Assert.Contains($"CleanSync {Product.Version} starts on ", server.Output, StringComparison.Ordinal);
        http.DefaultRequestHeaders.Add("X-Api-Key", key.Trim());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("api/v1/staff", UriKind.Relative), Ct)).StatusCode);

        Assert.StartsWith("Another CleanSync process uses", await Refused(Database, "--urls=http://127.0.0.1:0"), StringComparison.Ordinal);
        using var elsewhere = new TemporaryFolder();
        var taken = await Refused($"--Database:Path={elsewhere.DatabasePath}", $"--urls={server.Address}");
        Assert.Contains("address already in use", taken, StringComparison.Ordinal);

        Assert.Equal(0, await server.Stop());
        Assert.DoesNotMatch("(?i)exception|fail:|crit:", server.Output);
    }

    [Fact]
    public async Task What_is_set_wrong_is_one_line_that_names_the_cause_and_nothing_starts()
    {
        File.WriteAllText(data.DatabasePath, "");
        (string Expected, string[] Arguments)[] faults =
        [
            ("Did you mean 'keys'?", ["kesy"]),
            ("Sync:PolInterval (on the command line) is no setting. Did you mean Sync:PollInterval?", ["--Sync:PolInterval=60"]),
            ("Sync:PollInterval is 'soon'. Expected a span of time", ["--Sync:PollInterval=soon"]),
            ("Sync:CallsAtOnce is '99'. Expected a whole number, 1 to 20.", ["--Sync:CallsAtOnce=99"]),
            ("which is a folder", [$"--Database:Path={data.Path}"]),
            ($"{data.DatabasePath} is a file", [$"--Database:Path={data.DatabasePath}/deeper/cleansync.db"]),
            ("/sys", ["--Database:Path=/sys/cleansync.db"]),
            ("CleanSync cannot listen at https://127.0.0.1:0: https needs a certificate.", [Https, Fresh("a")]),
            (
                "CleanSync cannot listen at https://127.0.0.1:0: Could not find file '/no.pfx'",
                [Https, "--Kestrel:Certificates:Default:Path=/no.pfx", Fresh("b")]),
            ("CleanSync cannot listen at http://127.0.0.1:99999:", ["--urls=http://127.0.0.1:99999", Fresh("c")]),
        ];
        foreach (var (expected, arguments) in faults) Assert.Contains(expected, await Refused(arguments), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(data.Path, "appsettings.json"), """{ "Proxies": { "Trusted": ["10.0.0.4"] } }""");
        Assert.Equal("Proxies:Trusted:0 (in appsettings.json) is no setting. Did you mean Proxies:Trusted?", await Refused());

        string Fresh(string name) => $"--Database:Path={Path.Combine(data.Path, name, "cleansync.db")}";
    }

    [Fact]
    public async Task A_lost_sealing_key_is_told_no_new_one_is_made_and_the_restored_one_goes_on()
    {
        await using var exchange = await Organisation.Start("anna");
        using var server = new CleanSyncProcess(data, Ct, program.Executable);
        var api = await server.Start();
        await api.Begin(exchange, "anna");
        Assert.Equal(0, await server.Stop());

        var keyFile = Path.Combine(data.Path, "cleansync.key");
        var kept = Path.Combine(data.Path, "kept.key");
        File.Move(keyFile, kept);
        server.Launch();
        using var http = new HttpClient { BaseAddress = server.Address };
        var reason = "";
        await Eventually.Until("ready says that it is not", async () => (reason = await Unready(http)).Length > 0, Ct);
        Assert.Matches(Key, reason);
        Assert.False(File.Exists(keyFile), "A new key was made, under which no stored password opens.");
        Assert.Single(server.Output.Split('\n'), line => Regex.IsMatch(line, Key));
        Assert.Equal(0, await server.Stop());

        File.Move(kept, keyFile);
        await server.Start();
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", tomorrow, tomorrow.AddHours(1)));
        await Eventually.Until(
            "the integration goes on", async () => (await api.Staff("anna"))["externalEvents"]!.GetValue<int>() == 1, Ct);
        Assert.Equal(0, await server.Stop());
    }

    /// <summary>Every library that lies beside the program is named, and the file lies there too.</summary>
    [Fact]
    public void The_notices_are_shipped_and_name_what_is_shipped()
    {
        var notices = File.ReadAllText(Path.Combine(program.Folder, "THIRD-PARTY-NOTICES.md"));
        var beside = JsonNode.Parse(File.ReadAllText(Path.Combine(program.Folder, "CleanSync.Api.deps.json")))!["libraries"]!.AsObject();
        var packages = beside.Where(l => l.Value!["type"]!.GetValue<string>() == "package")
            .Select(l => l.Key.Replace("/", " | ", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Matches($@"\| {Regex.Escape(package)} \| [A-Z]", notices));
    }

    public void Dispose() => data.Dispose();

    private string Database => $"--Database:Path={data.DatabasePath}";

    private async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        var (code, output, errors) = await Command.Run(arguments, data.Path, Ct, program.Executable);
        return (code, output, errors);
    }

    /// <summary>The one line of a start that was refused.</summary>
    private async Task<string> Refused(params string[] arguments)
    {
        var (code, output, errors) = await Run(arguments);
        Assert.True(code == 2, $"{string.Join(' ', arguments)} ended with {code}:\n{output}\n{errors}");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        return Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            return (await http.GetAsync(new Uri("health/ready", UriKind.Relative), Ct)).StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException failure) when (failure.InnerException is SocketException)
        {
            return false; // not listening yet
        }
    }

    /// <summary>What ready says while it is 503; empty before it says anything.</summary>
    private static async Task<string> Unready(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Ct);
        }
        catch (HttpRequestException failure) when (failure.InnerException is SocketException)
        {
            return ""; // not listening yet
        }
    }
}

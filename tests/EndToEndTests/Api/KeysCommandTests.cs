using System.Net;
using CleanSync.Api.ApiKeys;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>The command in a process of its own, as an operator types it.</summary>
public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_key_is_made_by_a_command_before_the_server_and_opens_it()
    {
        var refused = await Keys("create", "--name", "first admin", "--role", "admin");
        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.Contains(
            $"There is no database {data.DatabasePath}.", Assert.Single(refused.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(2, (await Keys("list")).Code);
        Assert.Empty(Directory.GetFiles(data.Path)); // a mistyped path would pass for an empty installation

        var made = await Keys("create", "--name", "first admin", "--role", "admin", "--new");
        Assert.Equal(0, made.Code);
        Assert.Matches("^cleansync_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\n$", made.Output);
        Assert.Contains("shown once", made.Errors, StringComparison.Ordinal);
        Assert.Contains($"in the new database {data.DatabasePath}.", made.Errors, StringComparison.Ordinal);
        await using var host = new CleanSyncHost(data);
        Assert.Equal(HttpStatusCode.OK, await Ask(host, made.Output.Trim()));
        Assert.Equal(["cleansync.db"], Directory.GetFiles(data.Path, "*.db").Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_empty_file_is_no_database()
    {
        await File.WriteAllTextAsync(data.DatabasePath, "", Ct);
        var refused = await Keys("create", "--name", "first admin", "--role", "admin");
        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.Contains($"There is no database {data.DatabasePath}.", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(data.DatabasePath).Length);
        var made = await Keys("create", "--name", "first admin", "--role", "admin", "--new");
        Assert.Equal(0, made.Code);
        Assert.Contains($"in the new database {data.DatabasePath}.", made.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_a_running_server_a_key_is_made_and_revoked_at_once()
    {
        await using var host = new CleanSyncHost(data);
        using var started = host.CreateClient();
        var made = await Keys("create", "--name", "beside", "--role=admin", "--expires", "90d");
        Assert.Equal((0, HttpStatusCode.OK), (made.Code, await Ask(host, made.Output.Trim())));
        Assert.Contains($"in the database {data.DatabasePath}.", made.Errors, StringComparison.Ordinal);
        var revoked = await Keys("revoke", made.Output[..22]);
        Assert.Equal((0, HttpStatusCode.Unauthorized), (revoked.Code, await Ask(host, made.Output.Trim())));
        var listed = await Keys("list");
        Assert.Contains(made.Output[..22] + "  admin      revoked  until ", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Output.Trim(), listed.Output, StringComparison.Ordinal);

        var log = await host.Client(Ct).AuditLog();
        Assert.Equal(["RevokeApiKey", "CreateApiKey"], log.Select(e => e.Text("action")));
        Assert.All(log, e => Assert.Equal(("CommandLine", Environment.UserName), (e["actor"]!.Text("kind"), e["actor"]!.Text("id"))));
    }

    [Theory]
    [InlineData("--name is missing", "create", "--role", "admin")]
    [InlineData("There is no role 'owner'", "create", "--name", "x", "--role", "owner")]
    [InlineData("There is no role '0'", "create", "--name", "x", "--role", "0")]
    [InlineData("--expires is 'soon'", "create", "--name", "x", "--role", "admin", "--expires", "soon")]
    [InlineData("--expires is '9999-12-31'", "create", "--name", "x", "--role", "admin", "--expires", "9999-12-31")]
    [InlineData("--expires is '2101-01-01T00:00:00Z'", "create", "--name", "x", "--role", "admin", "--expires", "2101-01-01T00:00:00Z")]
    [InlineData("Did you mean --new?", "create", "--name", "x", "--role", "admin", "--nwe")]
    [InlineData("--name wants a value", "create", "--name", "--role", "admin")]
    [InlineData("--exipres is not known here", "create", "--name", "x", "--role", "admin", "--exipres", "90d")]
    [InlineData("--name wants a value", "create", "--role", "admin", "--name")]
    [InlineData("wants the id", "revoke")]
    [InlineData("Expected 'keys create'", "remove")]
    public void A_command_that_makes_no_sense_says_why(string expected, params string[] arguments) =>
        Assert.Contains(
            expected,
            Assert.IsType<KeysArguments.Wrong>(KeysArguments.Read(arguments, DateTimeOffset.UnixEpoch)).Why,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("90d", "1970-04-01T00:00:00+00:00")]
    [InlineData("2027-12-31", "2028-01-01T00:00:00+00:00")]
    [InlineData("2027-12-31T18:00:00+02:00", "2027-12-31T18:00:00+02:00")]
    public void An_end_is_days_a_last_day_or_a_time(string when, string expected) => Assert.Equal(
        DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
        Assert.IsType<KeysArguments.Create>(
            KeysArguments.Read(["create", "--name", "x", "--role", "admin", "--expires", when], DateTimeOffset.UnixEpoch)).ExpiresAt);

    [Fact]
    public async Task The_exit_code_says_what_went_wrong()
    {
        Assert.Equal(2, (await Keys("create", "--name", "x")).Code);
        Assert.Equal(2, (await Keys("create", "--name", "x", "--role", "staff")).Code);
        Assert.Equal(0, (await Keys("create", "--name", "x", "--role", "admin", "--new")).Code);
        var padded = await Keys("create", "--name", "x", "--role", "staff", "--staff", "anna ");
        Assert.Equal((2, true), (padded.Code, padded.Errors.Contains("no space at either end", StringComparison.Ordinal)));
        var unknown = await Keys("revoke", "cleansync_000000000000");
        Assert.Equal((1, ""), (unknown.Code, unknown.Output));
        Assert.Contains("keys list", unknown.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_an_admins_key_says_at_start_which_command_makes_one()
    {
        using var process = new CleanSyncProcess(data, Ct);
        process.Launch();
        await Eventually.Until(
            "the server says how to get in",
            () => Task.FromResult(process.Output.Contains(FirstKey.Command, StringComparison.Ordinal)),
            Ct);
        await process.Kill();
    }

    public void Dispose() => data.Dispose();

    private static async Task<HttpStatusCode> Ask(CleanSyncHost host, string key)
    {
        using var caller = host.CreateClient();
        caller.DefaultRequestHeaders.Add("X-Api-Key", key);
        return (await caller.GetAsync("/api/v1/integrations", Ct)).StatusCode;
    }

    private Task<Command.Outcome> Keys(params string[] arguments) =>
        Command.Run(["keys", .. arguments, $"--Database:Path={data.DatabasePath}"], data.Path, Ct);
}

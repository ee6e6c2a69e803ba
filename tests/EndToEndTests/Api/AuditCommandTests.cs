using System.Text.Json.Nodes;
using CleanSync.Api.AuditLog;
using CleanSync.Application.AuditLog;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>Retention of the audit log by the command, in a process of its own beside a running server.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly ApiHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beside_a_running_server_old_months_are_exported_and_removed_and_that_is_in_the_log()
    {
        var log = host.Services.GetRequiredService<IAuditLog>();
        var begun = new AuditEntry(
            Guid.NewGuid(), null, new DateTimeOffset(2020, 1, 31, 23, 0, 0, TimeSpan.Zero), AuditActor.Itself, "PutStaffLink", "staff/anna", null, """{"staffName":{"$name":0}}""", null, null)
        {
            Names = [new AuditName(0, "anna", "Anna Adler")],
        };
        await log.Append(begun, Ct);
        await log.Append(begun with { Id = Guid.NewGuid(), BegunId = begun.Id, Outcome = AuditOutcome.Done }, Ct);
        await log.Append(begun with { Id = Guid.NewGuid(), At = begun.At.AddHours(1) }, Ct);
        var file = Path.Combine(host.Folder, "2020-01.jsonl");

        var done = await Audit("export", "--before", "2020-02", "--to", file, "--remove", "yes");
        Assert.Equal(
            (0, "", $"1 actions from before 2020-02 were written to {file}, and removed from the audit log.\n"),
            (done.Code, done.Errors, done.Output));
        Assert.Equal(begun.Id.ToString(), JsonNode.Parse(Assert.Single(await File.ReadAllLinesAsync(file, Ct)))!.Text("id"));
        var left = await Entries();
        Assert.Equal(["ExportAuditLog", "PutStaffLink"], left.Select(e => e!.Text("action")));
        Assert.Equal(
            ("CommandLine", "Done", "1 actions exported and removed", "audit-log"),
            (left[0]!["actor"]!.Text("kind"), left[0]!.Text("outcome"), left[0]!.Text("note"), left[0]!.Text("subject")));
        Assert.Equal(
            ("2020-02-01", true, file),
            (left[0]!["asked"]!.Text("before"), left[0]!["asked"]!["remove"]!.GetValue<bool>(), left[0]!["asked"]!.Text("file")));

        var again = await Audit("export", "--before", "2020-03", "--to", file);
        Assert.Equal((1, ""), (again.Code, again.Output));
        Assert.Contains("exists already", again.Errors, StringComparison.Ordinal);
        var early = await Audit("export", "--before", "2999-01", "--to", $"{file}.later");
        Assert.Equal(2, early.Code);
        Assert.Contains("--before: Only whole months", early.Errors, StringComparison.Ordinal);
        Assert.Equal(["Refused", "Refused", "Done", "Unfinished"], (await Entries()).Select(e => e!.Text("outcome")));
    }

    [Theory]
    [InlineData("Expected 'audit export'")]
    [InlineData("Expected 'audit export'", "import")]
    [InlineData("--before is missing", "export", "--to", "x")]
    [InlineData("--to is missing", "export", "--before=2026-01")]
    [InlineData("Expected a month", "export", "--before", "2026-01-15", "--to", "x")]
    [InlineData("--to wants a value", "export", "--before", "2026-01", "--to")]
    [InlineData("--keep is not known", "export", "--keep", "2026-01")]
    [InlineData("'2026-01' is not known", "export", "2026-01")]
    [InlineData("--remove is given twice", "export", "--remove", "no", "--remove", "yes")]
    [InlineData("Expected yes or no", "export", "--remove", "--Database:Path=x")]
    public void What_makes_no_sense_says_so(string why, params string[] args) =>
        Assert.Contains(why, Assert.IsType<AuditArguments.Wrong>(AuditArguments.Read(args)).Why, StringComparison.Ordinal);

    [Fact]
    public void Settings_of_the_program_are_left_to_it() => Assert.Equal(
        new AuditArguments.Export(new DateOnly(2026, 1, 1), "x", WithNames: true, Remove: false),
        AuditArguments.Read(["export", "--Database:Path=y", "--names", "yes", "--before=2026-01", "--to", "x"]));

    public void Dispose() => host.Dispose();

    private Task<Command.Outcome> Audit(params string[] arguments) =>
        Command.Run(["audit", .. arguments, $"--Database:Path={Path.Combine(host.Folder, "cleansync.db")}"], host.Folder, Ct);

    private async Task<JsonArray> Entries() => (await (await host.Caller().GetAsync("/api/v1/audit-log", Ct)).Json())["entries"]!.AsArray();
}

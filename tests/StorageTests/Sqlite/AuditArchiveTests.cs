using System.Text.Json.Nodes;
using CleanSync.Application.AuditLog;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>Old months leave the audit log by way of a file, and by no other.</summary>
public sealed class AuditArchiveTests : IAsyncLifetime
{
    private static readonly DateTimeOffset February = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), March = February.AddMonths(1);

    private readonly TemporarySqlite db = new();
    private readonly FakeTimeProvider time = new(March);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(db.Folder, "audit.jsonl");

    private AuditArchive Archive => new(db.Store, time);

    [Fact]
    public async Task Whole_months_are_written_a_line_an_action_and_then_removed_and_nothing_else_is()
    {
        var log = new AuditRecords(db.Store);
        var over = await Begun("OverMidnight", March.AddTicks(-1));
        await log.Append(over with { Id = Guid.NewGuid(), BegunId = over.Id, At = March.AddSeconds(1), Outcome = AuditOutcome.Done }, Ct);
        await Begun("Unfinished", February);
        for (var i = 0; i < 205; i++) await Begun("Many", February.AddHours(i + 1));
        await Begun("Later", March);
        time.Advance(TimeSpan.FromHours(2));

        var exported = (await Archive.Write(March, Target, withNames: false, Ct)).Value;
        Assert.Equal(new AuditExport(207, 208), exported);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        var lines = (await File.ReadAllLinesAsync(Target, Ct)).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(207, lines.Select(l => l["id"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(("Unfinished", "Unfinished"), (lines[0]["action"]!.GetValue<string>(), lines[0]["outcome"]!.GetValue<string>()));
        Assert.Equal(("OverMidnight", "Done"), (lines[^1]["action"]!.GetValue<string>(), lines[^1]["outcome"]!.GetValue<string>()));
        Assert.Equal("(name not exported)", lines[0]["before"]!["staffName"]!.GetValue<string>());
        Assert.DoesNotContain("Anna", await File.ReadAllTextAsync(Target, Ct), StringComparison.Ordinal);

        Assert.False(await Archive.Remove(March, exported with { Rows = 207 }, Ct));
        Assert.Equal(208, (await Left()).Count);
        Assert.True(await Archive.Remove(March, exported, Ct));
        Assert.Equal(["Later"], (await Left()).Select(e => e.Action));
        Assert.Equal("Anna Adler", (string?)(await Left())[0].Before!["staffName"]);
        await Assert.ThrowsAsync<SqliteException>(
            () => db.Store.Exclusively(connection => connection.Execute("delete from audit_entries"), Ct));
    }

    [Fact]
    public async Task A_file_that_exists_is_refused_and_left_as_it_is_and_names_are_written_when_asked_for()
    {
        await Begun("Many", February);
        Assert.False((await Archive.Write(March, Target, withNames: true, Ct)).IsRefused);
        var written = await File.ReadAllTextAsync(Target, Ct);
        Assert.Contains("Anna Adler", written, StringComparison.Ordinal);
        Assert.IsType<ExportFileExists>((await Archive.Write(March, Target, withNames: true, Ct)).Refusal);
        Assert.Equal(written, await File.ReadAllTextAsync(Target, Ct));
    }

    [Fact]
    public async Task An_action_that_may_still_run_is_waited_for()
    {
        await Begun("Slow", March.AddMinutes(-59));
        Assert.IsType<ActionIsUnderWay>((await Archive.Write(March, Target, withNames: false, Ct)).Refusal);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("2026-03-01", true)]
    [InlineData("2025-01-01", true)]
    [InlineData("2026-04-01", false)]
    [InlineData("2026-02-02", false)]
    public void Only_whole_months_that_have_ended_can_be_exported(string before, bool accepted) => Assert.Equal(
        accepted,
        new ExportAuditLog.Validator(time)
            .Validate(new ExportAuditLog(DateOnly.ParseExact(before, "yyyy-MM-dd", null), "x", WithNames: false, Remove: true)).IsValid);

    public async ValueTask InitializeAsync() => await db.InitializeAsync();

    public ValueTask DisposeAsync() => db.DisposeAsync();

    private async Task<AuditEntry> Begun(string action, DateTimeOffset at)
    {
        var entry = new AuditEntry(
            Guid.NewGuid(), null, at, new AuditActor(AuditActorKind.System, "test", "test", null), action, "staff/anna", null, """{"staffName":{"$name":0}}""", null, null)
        {
            Names = [new AuditName(0, "anna", "Anna Adler")],
        };
        await new AuditRecords(db.Store).Append(entry, Ct);
        return entry;
    }

    private async Task<IReadOnlyList<AuditEntryView>> Left()
    {
        var all = new List<AuditEntryView>();
        for (string? cursor = null, more = ""; more is not null; cursor = more)
        {
            var page = await new ListAuditEntriesHandler(db.Store).Handle(new ListAuditEntries(null, null, null, null, cursor, 200), Ct);
            all.AddRange(page.Entries);
            more = page.NextCursor;
        }

        return all;
    }
}

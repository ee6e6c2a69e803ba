using System.Data.Common;
using System.Text.Json.Nodes;
using CleanSync.Application.AuditLog;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IAuditArchive"/> promises: old months leave the audit log by way of a file, and by no other.</summary>
public abstract class AuditArchiveContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateTimeOffset February = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), March = February.AddMonths(1);

    private readonly FakeTimeProvider time = new(March);

    private AuditArchive Archive => new(Db.Store, time);

    [Fact]
    public async Task Whole_months_are_written_a_line_an_action_and_then_removed_and_nothing_else_is()
    {
        using var target = new Target();
        var over = await Begun("OverMidnight", March.AddMicroseconds(-1));
        await Ended(over, March.AddSeconds(1));
        await Begun("Unfinished", February);
        for (var i = 0; i < 205; i++) await Begun("Many", February.AddHours(i + 1));
        await Begun("Later", March);
        time.Advance(TimeSpan.FromHours(2));

        var exported = (await Archive.Write(March, target.File, withNames: false, Ct)).Value;
        Assert.Equal(new AuditExport(207, 208), exported);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target.File));
        var lines = (await File.ReadAllLinesAsync(target.File, Ct)).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(207, lines.Select(l => l["id"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(("Unfinished", "Unfinished"), (lines[0]["action"]!.GetValue<string>(), lines[0]["outcome"]!.GetValue<string>()));
        Assert.Equal(("OverMidnight", "Done"), (lines[^1]["action"]!.GetValue<string>(), lines[^1]["outcome"]!.GetValue<string>()));
        Assert.Equal("(name not exported)", lines[0]["before"]!["staffName"]!.GetValue<string>());
        Assert.DoesNotContain("Anna", await File.ReadAllTextAsync(target.File, Ct), StringComparison.Ordinal);

        Assert.False(await Archive.Remove(March, exported with { Rows = 207 }, Ct));
        Assert.Equal(208, (await Left()).Count);
        Assert.True(await Archive.Remove(March, exported, Ct));
        Assert.Equal(["Later"], (await Left()).Select(e => e.Action));
        Assert.Equal("Anna Adler", (string?)(await Left())[0].Before!["staffName"]);
        await Assert.ThrowsAnyAsync<DbException>(() => Db.Store.Execute("delete from audit_entries", new { }, Ct));
        Assert.Single(await Left());
    }

    [Fact]
    public async Task Where_nothing_is_that_old_the_file_is_empty_and_nothing_is_removed()
    {
        using var target = new Target();
        await Begun("Later", March);
        Assert.Equal(new AuditExport(0, 0), (await Archive.Write(March, target.File, withNames: true, Ct)).Value);
        Assert.Empty(await File.ReadAllBytesAsync(target.File, Ct));
        Assert.True(await Archive.Remove(March, new AuditExport(0, 0), Ct));
        Assert.Single(await Left());
    }

    [Fact]
    public async Task What_ended_since_it_was_exported_is_not_removed()
    {
        using var target = new Target();
        var slow = await Begun("Slow", February);
        var exported = (await Archive.Write(March, target.File, withNames: false, Ct)).Value;
        await Ended(slow, March.AddHours(1));
        Assert.False(await Archive.Remove(March, exported, Ct));
        Assert.Equal(AuditOutcome.Done, Assert.Single(await Left()).Outcome);
    }

    [Fact]
    public async Task A_file_that_exists_is_refused_and_left_as_it_is_and_names_are_written_when_asked_for()
    {
        using var target = new Target();
        await Begun("Many", February);
        Assert.False((await Archive.Write(March, target.File, withNames: true, Ct)).IsRefused);
        var written = await File.ReadAllTextAsync(target.File, Ct);
        Assert.Contains("Anna Adler", written, StringComparison.Ordinal);
        Assert.IsType<ExportFileExists>((await Archive.Write(March, target.File, withNames: true, Ct)).Refusal);
        Assert.Equal(written, await File.ReadAllTextAsync(target.File, Ct));
    }

    [Fact]
    public async Task What_could_not_be_written_whole_is_taken_away_again()
    {
        using var target = new Target();
        await Begun("Many", February);
        var broken = Entry("Broken", February.AddHours(1)) with { View = "no JSON" };
        await new AuditRecords(Db.Store).Append(broken, Ct);
        await Assert.ThrowsAnyAsync<Exception>(() => Archive.Write(March, target.File, withNames: true, Ct));
        Assert.False(File.Exists(target.File));
    }

    [Fact]
    public async Task An_action_that_may_still_run_is_waited_for()
    {
        using var target = new Target();
        var slow = await Begun("Slow", March.AddMinutes(-59));
        Assert.IsType<ActionIsUnderWay>((await Archive.Write(March, target.File, withNames: false, Ct)).Refusal);
        Assert.False(File.Exists(target.File));
        time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.IsType<ActionIsUnderWay>((await Archive.Write(March, target.File, withNames: false, Ct)).Refusal);
        await Ended(slow, March);
        Assert.Equal(new AuditExport(1, 2), (await Archive.Write(March, target.File, withNames: false, Ct)).Value);
    }

    [Fact]
    public async Task One_that_has_not_ended_after_an_hour_never_will()
    {
        using var target = new Target();
        await Begun("Slow", March.AddHours(-1));
        Assert.Equal(new AuditExport(1, 1), (await Archive.Write(March, target.File, withNames: false, Ct)).Value);
    }

    private static AuditEntry Entry(string action, DateTimeOffset at) => new(
        Guid.CreateVersion7(),
        null,
        at,
        new AuditActor(AuditActorKind.System, "test", "test", null),
        action,
        "staff/anna",
        null,
        """{"staffName":{"$name":0}}""",
        null,
        null)
    {
        Names = [new AuditName(0, "anna", "Anna Adler")],
    };

    private async Task<AuditEntry> Begun(string action, DateTimeOffset at)
    {
        var entry = Entry(action, at);
        await new AuditRecords(Db.Store).Append(entry, Ct);
        return entry;
    }

    private Task Ended(AuditEntry begun, DateTimeOffset at) => new AuditRecords(Db.Store).Append(
        begun with { Id = Guid.CreateVersion7(), BegunId = begun.Id, At = at, Outcome = AuditOutcome.Done }, Ct);

    private async Task<IReadOnlyList<AuditEntryView>> Left()
    {
        var all = new List<AuditEntryView>();
        for (string? cursor = null, more = ""; more is not null; cursor = more)
        {
            var page = await new ListAuditEntriesHandler(Db.Store).Handle(new ListAuditEntries(null, null, null, null, cursor, 200), Ct);
            all.AddRange(page.Entries);
            more = page.NextCursor;
        }

        return all;
    }

    /// <summary>A file that does not exist yet, in a folder of its own.</summary>
    private sealed class Target : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cleansync-");

        public string File => Path.Combine(folder.FullName, "audit.jsonl");

        public void Dispose() => folder.Delete(recursive: true);
    }
}

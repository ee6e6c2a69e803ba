using System.Text;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

public sealed class ForgetTitlesTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    private const string Planted = "PLANTED-TITLE-OF-A-SECRET-MEETING";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_byte_of_a_forgotten_title_stays_in_the_files()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "hidden"));
        await Plant(link.Id);
        Assert.Contains(Files(), Holds(Planted));
        await db.Events.ForgetTitles(db.Integration.Id, Ct);
        Assert.DoesNotContain(Files(), Holds(Planted));
        Assert.All(await db.Events.OfLink(link.Id, Ct), e => Assert.True(e is { Title: null, Location: null }));
    }

    [Fact]
    public async Task Another_integrations_titles_and_appointments_stay()
    {
        var other = Sample.Integration();
        await db.Integrations.Save(other, Ct);
        var link = await db.Linked(Sample.Link(other.Id, "shown"));
        var shown = await db.Kept(Sample.External(link.Id, "shown", title: "Shown"));
        var appointment = await db.Booked(Sample.Appointment("anna"));
        await db.Events.ForgetTitles(db.Integration.Id, Ct);
        Assert.Equal(shown, await db.Events.Find(shown.Id, Ct));
        Assert.Equal("Haircut", (await db.Appointments.Find(appointment.Id, Ct))!.Title);
    }

    [Fact]
    public async Task A_start_finishes_what_a_crash_left_of_hidden_titles()
    {
        var hiding = Sample.Integration() with { ShowEventTitles = false };
        await db.Integrations.Save(hiding, Ct);
        var link = await db.Linked(Sample.Link(hiding.Id, "crashed"));
        var left = await db.Kept(Sample.External(link.Id, "left", title: "LEFT-BEHIND-BY-A-CRASH"));
        await new DatabaseMigration(db.Store, db.Options, db.Titles).Run(Ct);
        Assert.Null((await db.Events.Find(left.Id, Ct))!.Title);
        Assert.DoesNotContain(Files(), Holds("LEFT-BEHIND-BY-A-CRASH"));
    }

    [Fact]
    public async Task A_row_recalled_before_is_stale_afterwards()
    {
        var recalled = await db.Kept(Sample.External(db.Link.Id, "recalled"));
        await db.Events.ForgetTitles(db.Integration.Id, Ct);
        Assert.False(await db.Commit(new ChangeSet { Keep = [recalled] }));
    }

    /// <summary>
    /// Long and short ones, rewritten and removed, so that overflow pages, free pages and the log have held them; some reach the main file.
    /// </summary>
    private async Task Plant(Guid linkId)
    {
        SyncedEvent[] events =
            [.. Enumerable.Range(0, 300)
                .Select(i => Sample.External(linkId, $"item-{i}", title: string.Concat(Enumerable.Repeat(Planted, 1 + (i % 7)))))];
        Assert.True(await db.Commit(new ChangeSet { Keep = events }));
        await db.Store.Exclusively(c => c.Execute("pragma wal_checkpoint(passive)"), Ct);
        Assert.True(await db.Commit(new ChangeSet
        {
            Keep = [.. events.Take(100)
            .Select(e => e with { Version = 1, Title = $"{Planted} again" })]
        }));
        Assert.True(await db.Commit(new ChangeSet { Remove = [.. events.Skip(200).Select(e => e with { Version = 1 })] }));
    }

    private static Predicate<string> Holds(string text) => file => file.Contains(text, StringComparison.Ordinal);

    private IEnumerable<string> Files()
    {
        foreach (var path in Directory.GetFiles(db.Folder).Where(p => !p.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            yield return Encoding.Latin1.GetString(bytes);
        }
    }
}

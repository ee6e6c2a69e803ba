using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Rules;

/// <summary>What the deletion fuse counts as present.</summary>
public abstract class FuseCountRule<TDatabase> : RuleContract<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly EventTimes?[] Times =
    [
        null, EventTimes.Timed(Now.AddHours(-1), Now, "UTC"), EventTimes.Timed(Now.AddHours(-1), Now.AddSeconds(1), "UTC"),
        EventTimes.Timed(Now.AddHours(1), Now.AddHours(2), "UTC"),
    ];

    private static readonly (string? Uid, DateTimeOffset? Slot)[] Identities =
        [(null, null), ("a", null), (null, Now), ("a", Now), ("b", Now)];

    [Fact]
    public async Task The_database_counts_as_present_what_the_fuse_counts_alone_and_together()
    {
        var appointments = Enumerable.Range(0, 3).Select(_ => Sample.Appointment("nobody")).ToList();
        var rows = Rows([.. appointments.Select(a => a.Id)]).ToList();
        var links = rows.Select(_ => NewLink()).ToList();
        var all = NewLink();
        Assert.True(await Db.Commit(new ChangeSet { Links = [.. links, all], Appointments = appointments }));
        var alone = rows.Zip(links, (row, link) => row with { LinkId = link.Id }).ToList();
        var together = rows.Select(row => row with { Id = Guid.CreateVersion7(), LinkId = all.Id }).ToList();
        Assert.True(await Db.Commit(new ChangeSet { Keep = [.. alone, .. together] }));

        foreach (var row in alone) Assert.Equal((Units([row]), row.ToString()), (await Count(row.LinkId), row.ToString()));
        Assert.Equal(Units(together), await Count(all.Id));
        Assert.InRange(Units(together), 10, rows.Count / 2);
    }

    private static int Units(IReadOnlyCollection<SyncedEvent> rows) =>
        rows.Select(r => DeletionFuse.Present(r, Now)).OfType<string>().Distinct().Count();

    private static IEnumerable<SyncedEvent> Rows(Guid[] appointments)
    {
        var n = 0;
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            PushState[] pushes = kind is EventKind.Copy or EventKind.Stray ? Enum.GetValues<PushState>() : [default];
            foreach (var push in pushes)
            {
                foreach (var times in Times)
                {
                    foreach (var (uid, slot) in Identities)
                    {
                        foreach (var hold in new RemovalHold?[] { null, RemovalHold.Held })
                        {
                            yield return new SyncedEvent
                            {
                                Id = Guid.CreateVersion7(),
                                LinkId = Guid.Empty,
                                Kind = kind,
                                Identity = $"item:{++n}",
                                ItemId = $"{n}",
                                AppointmentId = kind is EventKind.Copy ? appointments[n % appointments.Length] : null,
                                Uid = uid,
                                OriginalStart = slot,
                                Times = times,
                                Hold = hold,
                                PushState = push,
                            };
                        }
                    }
                }
            }
        }
    }

    private async Task<int> Count(Guid linkId) => (await new RemovalLog(Db.Store).Count(linkId, Now, Now, Ct)).Present;
}

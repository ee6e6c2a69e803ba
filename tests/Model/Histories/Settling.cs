using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Model.Histories;

/// <summary>
/// Lets both sides come to rest: no more troubles, and time passes to each moment for which CleanSync has planned something.
/// </summary>
internal static class Settling
{
    private const int MostRounds = 40;

    /// <summary>Null when two rounds in a row changed nothing; otherwise what still moved.</summary>
    public static async Task<string?> Rest(World world)
    {
        var before = await Picture.Of(world);
        var quiet = 0;
        for (var round = 0; round < MostRounds && quiet < 2; round++)
        {
            await WaitForWhatIsPlanned(world);
            foreach (var member in SimulatedOffice.Staff) await world.Do(new Operation.ReleaseHeld(member));
            foreach (var member in SimulatedOffice.Staff) await world.Do(new Operation.Pass(member));
            await world.Do(new Operation.Heartbeat());
            var now = await Picture.Of(world);
            quiet = now.Same(before) ? quiet + 1 : 0;
            before = now;
        }

        return quiet == 2 ? null : $"After {MostRounds} rounds something still moves: {string.Join("; ", before.Open())}";
    }

    private static async Task WaitForWhatIsPlanned(World world)
    {
        var now = world.Clock.GetUtcNow();
        var moments = new List<DateTimeOffset> { now.AddSeconds(31) };
        foreach (var link in world.Links.Values)
        {
            if ((await world.Node.Get<IStaffCalendarLinkRepository>().Find(link, default))?.NextSyncAt is { } next) moments.Add(next);
            moments.AddRange(
                (await world.Node.Get<ICleanUpItems>().Due(link, DateTimeOffset.MaxValue, default)).Select(c => c.NextTryAt));
            moments.AddRange((await world.Node.Get<ISyncedEventRepository>().OfLink(link, default)).Where(e => e.NextPushAt is not null)
                .Select(e => e.NextPushAt!.Value));
        }

        world.Advance(moments.Max() - now + TimeSpan.FromSeconds(1));
    }
}

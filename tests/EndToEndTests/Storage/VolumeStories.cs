using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

/// <summary>The volume under the data folder fills up, or takes no more writes.</summary>
public sealed class VolumeStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact, Long]
    public async Task While_the_disk_is_full_reads_go_on_and_afterwards_nothing_is_lost_or_doubled()
    {
        await using var story = new StorageStory(ct);
        await TestKeys.Put(story.Data, ct);
        using var volume = PrivateVolume.InMemory(story.Data);
        await story.Begin(volume);
        await volume.Fill(ct);
        await story.IsRefused("the disk is full", listWorks: true);
        await volume.Empty(ct);
        await story.NothingIsLostOrDoubled();
        Assert.Contains("The database takes writes again", story.Output, StringComparison.Ordinal);
        await story.Kill();
    }

    [Fact, Long]
    public async Task While_the_volume_is_read_only_reads_go_on_and_after_its_repair_nothing_is_lost_or_doubled()
    {
        await using var story = new StorageStory(ct);
        await TestKeys.Put(story.Data, ct);
        using var volume = PrivateVolume.OnDisk(story.Data);
        await story.Begin(volume, survivesPowerCut: true);
        await volume.Fail(ct);
        await story.IsRefused("it is read-only", listWorks: true);
        await story.Kill();
        await volume.MountAgain(ct);
        await story.Start();
        await story.NothingIsLostOrDoubled();
        await story.Kill();
    }
}

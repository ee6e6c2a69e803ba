using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>Each cause has its own words: only a lock that is held is another process.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-").FullName;

    [Fact]
    public void A_folder_that_another_process_holds_is_told_so()
    {
        using var held = DataFolder.Hold(folder);
        Assert.StartsWith(
            "Another CleanSync process uses the data folder", Refusal(() => DataFolder.Hold(folder)), StringComparison.Ordinal);
        Assert.Null(DataFolder.TryHold(folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_file_where_a_folder_should_be_is_named(string below)
    {
        var file = Path.Combine(folder, "notes.txt");
        File.WriteAllText(file, "");
        Assert.Contains($"{file} is a file", Refusal(() => DataFolder.Hold(Path.Combine(file, below))), StringComparison.Ordinal);
        Assert.Contains($"{file} is a file", Refusal(() => DataFolder.TryHold(Path.Combine(file, below))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_where_the_database_should_be_is_named() =>
        Assert.Contains($"{folder}, which is a folder", Refusal(() => DataFolder.Reserve(folder)), StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_other_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Even root may not write into /sys; elsewhere there is no such place.");
        foreach (var denied in new[] { "/sys", "/sys/cleansync" })
        {
            var words = Refusal(() => DataFolder.Hold(denied));
            Assert.Contains(denied, words, StringComparison.Ordinal);
            Assert.DoesNotContain("process", words, StringComparison.Ordinal);
            Assert.Contains("write", words, StringComparison.OrdinalIgnoreCase);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Refusal(Action use) => Assert.Throws<StartRefused>(use).Message;
}

using CleanSync.Application.AuditLog;
using Xunit;

namespace CleanSync.UnitTests.AuditLog;

public sealed class AuditSnapshotTests
{
    private static readonly string[] Once = ["w"];

    [Fact]
    public void What_may_never_stand_in_the_log_is_taken_out_at_any_depth() => Assert.Equal(
        """{"id":1,"showEventTitles":true,"inner":[{"id":2}]}""",
        AuditSnapshot.Of(new { Id = 1, Password = "p", ShowEventTitles = true, Inner = new[] { new { Id = 2, Key = "k", Title = "t", Client = new { Name = "n" } } } }));

    [Fact]
    public void What_changes_by_itself_is_left_out() => Assert.Equal("""{"state":"Syncing"}""", AuditSnapshot.Of(new { State = "Syncing", LagSeconds = 1.5, Warnings = Once }));

    [Fact]
    public void What_does_not_exist_has_no_snapshot() => Assert.Null(AuditSnapshot.Of(null));

    [Theory]
    [InlineData("")]
    [InlineData("next")]
    [InlineData("AAAA")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTkuMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA")]
    public void What_is_no_cursor_is_not_read(string text) => Assert.Null(AuditCursor.Read(text));

    [Fact]
    public void A_cursor_reads_back_as_it_was_written()
    {
        var cursor = new AuditCursor(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddTicks(7), Guid.NewGuid());
        Assert.Equal(cursor, AuditCursor.Read(cursor.Write()));
    }
}

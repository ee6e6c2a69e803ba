using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

public sealed class PageProgressTests
{
    private readonly PageProgress progress = new("anna@contoso.example");

    [Fact]
    public void A_page_under_the_cursor_that_it_was_asked_with_leads_nowhere_unless_it_is_the_last()
    {
        progress.Note(new SyncCursor("a"), Page("a", last: true, "1"));
        Refused(() => progress.Note(new SyncCursor("a"), Page("a", last: false, "1")), "the same page");
    }

    [Fact]
    public void A_few_pages_may_bring_nothing_new_but_not_ten_in_a_row()
    {
        for (var i = 0; i < 3 * PageProgress.MostWithoutNews; i++)
            progress.Note(
                new SyncCursor($"{i}"),
                i % PageProgress.MostWithoutNews == 0 ? Page($"{i + 1}", last: false, $"item{i}") : Page($"{i + 1}", last: false, "item0"));
        Refused(() => progress.Note(new SyncCursor("y"), Page("z", last: false, "item0")), "nothing new");
    }

    [Fact]
    public void An_item_that_changed_meanwhile_is_news()
    {
        for (var i = 0; i < 3 * PageProgress.MostWithoutNews; i++)
            progress.Note(
                new SyncCursor($"{i}"),
                new ChangePage([new ThinChange("a", $"key{i}", null, null, false)], new SyncCursor($"{i + 1}"), false));
    }

    [Fact]
    public void Pages_without_end_end_at_a_thousand()
    {
        for (var i = 1; i < PageProgress.MostPages; i++) progress.Note(new SyncCursor($"{i}"), Page($"{i + 1}", last: false, $"item{i}"));
        Refused(() => progress.Note(new SyncCursor("x"), Page("y", last: false, "another")), "more than 1000 pages");
    }

    [Fact]
    public void What_is_kept_until_the_last_page_is_bounded()
    {
        var series = new ThinChange(new string('i', 4096), new string('k', 4096), RemoteItemType.SeriesMaster, null, false);
        for (var i = 0; i < PageProgress.MostKept / 8192; i++) progress.Keep(series);
        Refused(() => progress.Keep(series), "more series");
    }

    private static void Refused(Action note, string why)
    {
        var failure = Assert.Throws<CalendarFailure>(note);
        Assert.Equal(FailureReach.Passing, failure.Reach);
        Assert.Contains(why, failure.Refusal.Message, StringComparison.Ordinal);
    }

    private static ChangePage Page(string cursor, bool last, params string[] items) =>
        new([.. items.Select(i => new ThinChange(i, "k", null, null, false))], new SyncCursor(cursor), last);
}

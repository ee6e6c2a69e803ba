using CleanSync.Application;
using Xunit;

namespace CleanSync.UnitTests;

public sealed class VisibleTextTests
{
    /// <summary>
    /// All control characters, the separators of lines, everything that turns the direction for longer than a character, halves of pairs.
    /// </summary>
    public static TheoryData<int> Hidden =>
    [
        .. Enumerable.Range(0x00, 0x20), .. Enumerable
        .Range(0x7F, 0x21), 0x2028, 0x2029, .. Enumerable
        .Range(0x202A, 5), .. Enumerable
        .Range(0x2066, 4), 0xD800, 0xDBFF, 0xDC00, 0xDFFF,
    ];

    [Theory, MemberData(nameof(Hidden))]
    public void What_is_hidden_is_no_part_of_a_name_and_is_cut_from_what_is_shown(int code)
    {
        var text = $"An{(char)code}na";
        Assert.False(VisibleText.IsOneLine(text));
        Assert.Equal("Anna", VisibleText.Cut(text));
        Assert.Equal("An na", VisibleText.OnOneLine(text));
        Assert.Equal(code is '\t' or '\n' or '\r', VisibleText.IsLines(text));
    }

    [Theory]
    [InlineData("Änne Özil-O'Neill, Dr.")]
    [InlineData("\u05D3\u05E0\u05D9\u05D0\u05DC\u200F (Daniel)")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\U0001F469\u200D\U0001F4BB Carla")]
    [InlineData("no\u00A0break")]
    public void What_people_are_called_is_left_as_it_is(string name)
    {
        Assert.True(VisibleText.IsOneLine(name));
        Assert.Same(name, VisibleText.Cut(name));
        Assert.Same(name, VisibleText.OnOneLine(name));
    }

    [Fact]
    public void Notes_may_have_tabs_and_line_breaks_and_keep_them_when_they_are_cut()
    {
        Assert.True(VisibleText.IsLines("first\r\n\tsecond"));
        Assert.Equal("first\r\n\tsecond[31m", VisibleText.CutLines("first\r\n\tsecond\u001b[31m\r"));
    }

    [Fact]
    public void What_is_not_there_hides_nothing() => Assert.True(VisibleText.IsOneLine(null) && VisibleText.IsLines(null));
}

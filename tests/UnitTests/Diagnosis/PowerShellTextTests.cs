using CleanSync.Infrastructure.Exchange.Diagnosis;
using Xunit;

namespace CleanSync.UnitTests.Diagnosis;

/// <summary>Values come from forms and from servers; the commands are pasted into a shell with every right.</summary>
public sealed class PowerShellTextTests
{
    private static readonly char[] Quotes = ['\'', '\u2018', '\u2019', '\u201A', '\u201B'];

    [Theory]
    [InlineData("anna@contoso.example", "'anna@contoso.example'")]
    [InlineData("o'brien@contoso.example", "'o''brien@contoso.example'")]
    [InlineData("x'; Remove-Mailbox -Identity *; '", "'x''; Remove-Mailbox -Identity *; '''")]
    [InlineData("x\u2019; Remove-Mailbox *; \u2018", "'x\u2019\u2019; Remove-Mailbox *; \u2018\u2018'")]
    [InlineData("a\u201Ab\u201Bc", "'a\u201A\u201Ab\u201B\u201Bc'")]
    [InlineData("$(Stop-Computer) `n \"$env:x\"", "'$(Stop-Computer) `n \"$env:x\"'")]
    [InlineData("a\r\nStop-Computer\0\u0007\u2028\u2029\u0085", "'aStop-Computer'")]
    [InlineData("a\u202Eb\u200Bc", "'abc'")]
    [InlineData("", "''")]
    public void A_value_is_one_text_in_single_quotes_and_nothing_else(string value, string quoted) =>
        Assert.Equal(quoted, PowerShellText.Quote(value));

    [Fact]
    public void Whatever_the_value_is_it_ends_where_it_should()
    {
        const int seed = 20260711;
        var jitter = new Random(seed);
        char[] letters = [.. Quotes, '"', '$', '`', ';', '\n', '\r', '\u2028', '(', 'a', ' '];
        for (var round = 0; round < 2000; round++)
        {
            var value = new string([.. Enumerable.Range(0, jitter.Next(12)).Select(_ => letters[jitter.Next(letters.Length)])]);
            var quoted = PowerShellText.Quote(value);
            Assert.True(EndOf(quoted) == quoted.Length, $"seed {seed}, round {round}: {quoted}");
        }
    }

    [Fact]
    public void A_list_is_of_quoted_values() => Assert.Equal("'a', 'b''c'", PowerShellText.List(["a", "b'c"]));

    /// <summary>As PowerShell reads a text in single quotes: two of any quotes in a row are one inside, a single one ends it.</summary>
    private static int EndOf(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (!Quotes.Contains(text[i])) continue;
            if (i + 1 < text.Length && Quotes.Contains(text[i + 1])) i++;
            else return i + 1;
        }

        return -1;
    }
}

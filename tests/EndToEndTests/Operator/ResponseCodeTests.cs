using CleanSync.Benchmarks.Codes;
using CleanSync.Infrastructure.Exchange.ResponseCodes;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Model;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>Whatever Exchange answers with has its words, and the page that an admin reads has them all.</summary>
public sealed class ResponseCodeTests
{
    [Fact]
    public async Task The_tables_of_response_codes_are_current()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "exchange.md"),
            TestContext.Current.CancellationToken);
        Assert.True(CodesTable.Renewed(page) == page,
            "docs/exchange.md is out of date: dotnet run --project tests/Benchmarks -c Release -- codes");
    }

    [Fact]
    public void What_has_words_of_its_own_is_in_Microsofts_list_once()
    {
        var named = ResponseCodeWords.All.Select(w => w.Code).ToList();
        Assert.Subset(CodesTable.Codes().ToHashSet(), named.ToHashSet());
        Assert.Distinct(named);
    }

    [Fact]
    public void What_the_matrix_treats_in_a_way_of_its_own_has_words_of_its_own() =>
        Assert.All(RetryMatrix.Signs.Intersect(CodesTable.Codes()), code => Assert.NotNull(ResponseCodeWords.Find(code)));

    [Fact]
    public void What_has_a_groups_words_fails_its_own_item_and_nothing_else() =>
        Assert.All(CodesTable.Codes().Where(c => ResponseCodeWords.Find(c) is null), c =>
            Assert.Equal(Application.Syncing.Calendars.FailureReach.Item, RetryMatrix.Reach(c)));

    [Fact]
    public void Meanings_and_remedies_are_sentences() => Assert.All(ResponseCodeWords.All, words =>
    {
        Assert.Matches(@"^[A-Z].*\.$", words.Meaning);
        Assert.Matches(@"^[A-Z].*\.$", words.Remedy);
    });
}

using CleanSync.EndToEndTests.Hosting;
using CleanSync.Model;
using CleanSync.Model.Mutations;
using Xunit;

namespace CleanSync.EndToEndTests.Model;

/// <summary>The list of safeguards that <c>mutations</c> breaks on purpose does not rot.</summary>
[SqliteOnly]
public sealed class MutationTests
{
    [Fact]
    public void Every_safeguard_that_is_broken_on_purpose_still_stands_once_in_the_source()
    {
        var root = RepositoryRoot.Path;
        Assert.Equal(21, Mutation.All.Select(m => m.Safeguard).Distinct().Count());
        Assert.All(Mutation.All, m => Assert.True(m.Occurrences(root) == 1, $"{m.Safeguard}: {m.File}"));
    }
}

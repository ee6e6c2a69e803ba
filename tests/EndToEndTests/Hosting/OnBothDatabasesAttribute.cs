using Xunit.v3;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>Every <c>./test.sh</c> runs it a second time, on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnBothDatabasesAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Database", "both")];
}

using Xunit.v3;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>About the SQLite file itself, or on virtual time: <c>./test.sh --all-databases</c> leaves it out on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SqliteOnlyAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Database", "sqlite")];
}

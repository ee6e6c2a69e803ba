using System.Runtime.CompilerServices;
using Dapper;

namespace CleanSync;

/// <summary>
/// Every database of a test has the same schema, so what Dapper compiles for a statement serves them all. Without this each of hundreds of
/// databases would have it compiled anew.
/// </summary>
file sealed class OneSchema : IEqualityComparer<string>
{
    [ModuleInitializer]
    internal static void Use() => SqlMapper.ConnectionStringComparer = new OneSchema();

    public bool Equals(string? x, string? y) => true;

    public int GetHashCode(string obj) => 0;
}

using System.Runtime.CompilerServices;
using Dapper;

namespace CleanSync;

/// <summary>
/// Every database of a test has the same schema, so what Dapper compiles for a statement serves them all: those of SQLite, and those of
/// PostgreSQL. Without this each of hundreds of databases would have it compiled anew.
/// </summary>
file sealed class OneSchema : IEqualityComparer<string>
{
    [ModuleInitializer]
    internal static void Use() => SqlMapper.ConnectionStringComparer = new OneSchema();

    public bool Equals(string? x, string? y) => IsOfServer(x) == IsOfServer(y);

    public int GetHashCode(string obj) => IsOfServer(obj) ? 1 : 0;

    private static bool IsOfServer(string? text) => text?.StartsWith("Host=", StringComparison.Ordinal) == true;
}

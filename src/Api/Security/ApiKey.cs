using System.Security.Cryptography;
using System.Text;

namespace CleanSync.Api.Security;

/// <summary>The key that every call needs. Only its hash is kept in memory, and comparing takes the same time wherever they differ.</summary>
internal sealed class ApiKey
{
    public const string Header = "X-Api-Key";

    private readonly byte[] hash;

    public ApiKey(string key) => hash = HashOf(key);

    public bool Matches(string presented) => CryptographicOperations.FixedTimeEquals(HashOf(presented), hash);

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

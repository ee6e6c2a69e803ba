using Xunit;

namespace CleanSync.StorageTests.Databases;

/// <summary>Each test has a database of its own.</summary>
public abstract class FreshDatabase<TDatabase> : IAsyncLifetime
    where TDatabase : TemporaryDatabase, new()
{
    private protected TDatabase Db { get; } = new();

    public virtual ValueTask InitializeAsync() => Db.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Db.DisposeAsync();
    }
}

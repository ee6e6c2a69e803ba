using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Rules;

/// <summary>
/// A rule that both the code and SQL know is held here: all cases that matter are stored, and what the database says of each is compared
/// with what the code says. Whoever changes one side changes the other.
/// </summary>
public abstract class RuleContract<TDatabase> : IAsyncLifetime
    where TDatabase : TemporaryDatabase, new()
{
    private int staff;

    protected TDatabase Db { get; } = new();

    public ValueTask InitializeAsync() => Db.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A link of its own for a case; not stored yet.</summary>
    protected StaffCalendarLink NewLink(Guid? integration = null) => Sample.Link(integration ?? Db.Integration.Id, $"case-{++staff:0000}");
}

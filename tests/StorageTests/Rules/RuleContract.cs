using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.StorageTests.Databases;

namespace CleanSync.StorageTests.Rules;

/// <summary>
/// A rule that both the code and SQL know is held here: all cases that matter are stored, and what the database says of each is compared
/// with what the code says. Whoever changes one side changes the other.
/// </summary>
public abstract class RuleContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private int staff;


    /// <summary>A link of its own for a case; not stored yet.</summary>
    protected StaffCalendarLink NewLink(Guid? integration = null) => Sample.Link(integration ?? Db.Integration.Id, $"case-{++staff:0000}");
}

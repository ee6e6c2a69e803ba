namespace CleanSync.Infrastructure.Persistence.Moving;

/// <summary>A table as the target's catalogue describes it: the types are its own, and the source has none.</summary>
/// <param name="Key">The columns of its primary key, in their order.</param>
/// <param name="Parents">Tables that its rows refer to; never itself.</param>
/// <param name="Statements">Written by the target's server, which knows how its names are quoted.</param>
internal sealed record MovedTable(
    string Name,
    IReadOnlyList<MovedColumn> Columns,
    IReadOnlyList<string> Key,
    IReadOnlyList<string> Parents,
    MoveStatements Statements)
{
    /// <summary>
    /// Tables whose rows stay behind: they tell of the processes that work on one database, or are made anew by the start on another. Every
    /// other table is copied, also one that comes with a later version.
    /// </summary>
    public static IReadOnlySet<string> Left { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "installation", // its name is taken over by itself
        "readiness_probe",
        "nodes",
        "mailbox_leases",
        "work_leases",
        "call_slots",
        "call_demands",
        "link_notifications",
        "audit_removals", // filled within a removal's own transaction only
    };

    /// <summary>Those that are copied, parents before their children.</summary>
    public static IReadOnlyList<MovedTable> InOrder(IReadOnlyList<MovedTable> all)
    {
        var (ordered, left) = (new List<MovedTable>(), all.Where(t => !Left.Contains(t.Name)).ToList());
        while (left.Count > 0)
        {
            var next = left.Where(t => !left.Exists(other => t.Parents.Contains(other.Name))).ToList();
            if (next.Count == 0) throw new InvalidOperationException("Tables refer to each other in a circle: teach MovedTable an order.");
            ordered.AddRange(next);
            left.RemoveAll(next.Contains);
        }

        return ordered;
    }
}

/// <param name="Rows">Every row, in the order of the key, which is the same in every database.</param>
/// <param name="HasRows">Whether there is one.</param>
/// <param name="Copy">Takes rows in the target's own form.</param>
internal sealed record MoveStatements(string Rows, string HasRows, string Copy);

/// <param name="Type">What the column's values are in CleanSync.</param>
internal sealed record MovedColumn(string Name, Type Type)
{
    /// <summary>As every way into a database has it, whichever form it comes in.</summary>
    public object? Value(object stored) => stored is DBNull ? null : StoredValues.Of(StoredValues.Read(Type, stored));
}

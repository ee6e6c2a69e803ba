namespace CleanSync.Application.AuditLog;

/// <summary>The names and mailboxes of staff beside the audit log, whose own rows name staff by id.</summary>
public interface IAuditNames
{
    /// <summary>Takes out what is kept of one staff member. Repeating it is safe.</summary>
    Task Blank(string staffId, CancellationToken ct);
}

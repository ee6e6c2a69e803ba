using CleanSync.Domain;

namespace CleanSync.Application.AuditLog;

/// <summary>The old months of the audit log: written to a file, and removed.</summary>
public interface IAuditArchive
{
    /// <summary>
    /// Writes every action that began before an instant to a new file, which only its owner can read: a line of JSON each, the oldest
    /// first. It is on the disk when this returns; what could not be written whole is taken away again. Refused when the file exists, or an
    /// action that began within the last hour has not ended.
    /// </summary>
    /// <param name="end">The beginning of a month, in UTC.</param>
    /// <param name="withNames">Names and mailboxes of staff stand in the file; otherwise their ids only.</param>
    Task<Result<AuditExport>> Write(DateTimeOffset end, string file, bool withNames, CancellationToken ct);

    /// <summary>
    /// Removes what was exported, in one transaction. False when that would be another number of rows: then nothing is removed.
    /// </summary>
    Task<bool> Remove(DateTimeOffset end, AuditExport exported, CancellationToken ct);
}

/// <param name="Rows">Of the log: an action that has ended has two.</param>
public sealed record AuditExport(int Actions, int Rows);

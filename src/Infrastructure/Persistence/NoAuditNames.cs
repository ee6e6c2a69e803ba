using CleanSync.Application.AuditLog;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>As long as no names stand beside the audit log there is nothing to blank.</summary>
internal sealed class NoAuditNames : IAuditNames
{
    public Task Blank(string staffId, CancellationToken ct) => Task.CompletedTask;
}

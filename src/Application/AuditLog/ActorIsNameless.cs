namespace CleanSync.Application.AuditLog;

/// <summary>
/// Whoever acts has no id, as the bearer of a token without a subject: the log could not say who it was. Nothing was done.
/// </summary>
public sealed class ActorIsNameless(string action) : Exception($"{action} needs somebody whom the audit log can name.");

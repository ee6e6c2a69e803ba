using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>All create attempts of one event in one column: a line each, the id and, while it is open, the deadline.</summary>
internal static class StoredAttempts
{
    public static string? Write(IReadOnlyList<CreateAttempt> attempts) => attempts.Count == 0
        ? null
        : string.Join('\n', attempts.Select(a => a.Deadline is { } deadline ? $"{a.Id:D} {StoredText.Of(deadline)}" : $"{a.Id:D}"));

    public static IReadOnlyList<CreateAttempt> Read(string? column) => column is null
        ? []
        : [.. column.Split('\n').Select(line => line.Split(' ')).Select(
            parts => new CreateAttempt(Guid.Parse(parts[0]), parts.Length > 1 ? StoredText.Instant(parts[1]) : null))];
}

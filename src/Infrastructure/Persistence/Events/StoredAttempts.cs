using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>
/// All create attempts of one event in one column: a line each, with the id, the deadline while it is open, the UID, whether Exchange told
/// it, and the start that was sent.
/// </summary>
internal static class StoredAttempts
{
    public static string? Write(IReadOnlyList<CreateAttempt> attempts) => attempts.Count == 0
        ? null
        : string.Join(
            '\n',
            attempts.Select(a => $"{a.Id:D} {(a.Deadline is { } deadline ? StoredText.Of(deadline) : "")} {(a.Uid is { } uid ? Uri.EscapeDataString(uid) : "")} {(a.UidIsTold ? "told" : "")} {(a.SentStart is { } start ? StoredText.Of(start) : "")}".TrimEnd()));

    public static IReadOnlyList<CreateAttempt> Read(string? column) => column is null
        ? []
        : [.. column.Split('\n').Select(line => line.Split(' ')).Select(
            parts => new CreateAttempt(
                Guid.Parse(parts[0]),
                parts is [_, { Length: > 0 } deadline, ..] ? StoredText.Instant(deadline) : null,
                parts is [_, _, { Length: > 0 } uid, ..] ? Uri.UnescapeDataString(uid) : null,
                parts is [_, _, _, "told", ..],
                parts is [_, _, _, _, { Length: > 0 } start] ? StoredText.Instant(start) : null))];
}

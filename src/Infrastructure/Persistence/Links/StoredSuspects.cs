using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>
/// Drift suspects as text: a line each, the item's id and behind a tab the UID of an occurrence. Neither holds a control character.
/// </summary>
internal static class StoredSuspects
{
    public static string? Write(IReadOnlyList<DriftSuspect> suspects) =>
        suspects.Count == 0 ? null : string.Join('\n', suspects.Select(s => s.Uid is null ? s.ItemId : $"{s.ItemId}\t{s.Uid}"));

    public static IReadOnlyList<DriftSuspect> Read(string? text) => text is null
        ? []
        : [.. text.Split('\n').Select(line => line.Split('\t', 2))
            .Select(parts => new DriftSuspect(parts[0], parts.Length > 1 ? parts[1] : null))];
}

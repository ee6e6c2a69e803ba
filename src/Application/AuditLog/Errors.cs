using CleanSync.Domain;

namespace CleanSync.Application.AuditLog;

public sealed record ExportFileExists(string File)
    : Conflict($"The file {File} exists already, and is left as it is. Name one that does not exist.");

public sealed record ActionIsUnderWay(string Action)
    : Conflict($"{Action} began before the end of the months that are asked for, and has not ended. Try again in an hour.");

public sealed record LogChangedMeanwhile()
    : Conflict("The log holds another number of rows than were exported, so nothing was removed. The file stays; export to another one.");

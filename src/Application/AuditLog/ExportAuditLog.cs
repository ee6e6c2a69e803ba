using System.Globalization;
using CleanSync.Domain;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.AuditLog;

/// <summary>
/// Writes the whole months before one to a file: the only way by which entries leave the audit log, and itself an entry in it.
/// </summary>
/// <param name="Before">The first day of the month that stays; this month at the latest.</param>
/// <param name="WithNames">Names and mailboxes of staff stand in the file, out of reach of an erasure.</param>
/// <param name="Remove">Removes from the log what was written.</param>
public sealed record ExportAuditLog(DateOnly Before, string File, bool WithNames, bool Remove) : IRequest<Result<AuditExport>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("audit-log");

    string? IAdminAction.NoteOf(object made) => string.Create(
        CultureInfo.InvariantCulture, $"{((AuditExport)made).Actions} actions {(Remove ? "exported and removed" : "exported")}");

    internal sealed class Validator : AbstractValidator<ExportAuditLog>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(c => c.Before).Must(before => before.Day == 1 && EndOf(before) <= time.GetUtcNow()).OverridePropertyName("before")
                .WithMessage(
                    "Only whole months that have ended, in UTC, can be exported. Expected this month or an earlier one, such as 2026-12.");
            RuleFor(c => c.File).Must(Text.UpTo(4096)).OverridePropertyName("to").WithMessage("Expected the file to write to.").OneLine();
        }
    }

    internal sealed class Handler(IAuditArchive archive) : IRequestHandler<ExportAuditLog, Result<AuditExport>>
    {
        public async Task<Result<AuditExport>> Handle(ExportAuditLog command, CancellationToken ct)
        {
            var end = EndOf(command.Before);
            var exported = await archive.Write(end, command.File, command.WithNames, ct);
            if (exported.IsRefused || !command.Remove) return exported;
            return await archive.Remove(end, exported.Value, ct) ? exported : new LogChangedMeanwhile();
        }
    }

    private static DateTimeOffset EndOf(DateOnly before) => new(before.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

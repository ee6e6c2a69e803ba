using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.AuditLog;

/// <summary>Writes the two lines of an admin action.</summary>
internal sealed class AuditTrail(
    IAuditLog log,
    ICurrentActor actor,
    IMediator mediator,
    TimeProvider time,
    ILogger<AuditTrail> logger)
{
    /// <summary>If this throws, nothing has been done.</summary>
    public async Task<AuditEntry> Begin(IAdminAction action, CancellationToken ct)
    {
        var who = actor.Now;
        if (string.IsNullOrWhiteSpace(who.Id)) throw new ActorIsNameless(action.GetType().Name);
        var subject = action.Subject;
        var snapshot = new AuditSnapshot();
        var before = snapshot.View(await subject.Read(mediator, ct));
        var entry = new AuditEntry(
            NewId(), null, time.GetUtcNow(), who, action.GetType().Name, subject.Name, action.Note, before, null, null)
        {
            Asked = snapshot.Asked(action.Asked),
            DryRun = action.IsDryRun,
            ActorNamePlace = who.StaffId is null ? null : snapshot.SetAside(who.StaffId, who.Name),
            Names = snapshot.Names,
        };
        await log.Append(entry, ct);
        return entry;
    }

    /// <summary>The caller may have gone by now: what is done is written down all the same.</summary>
    public Task End(AuditEntry begun, IAdminAction action, object? response)
    {
        var result = response as Result;
        var subject = result?.Content is { } made ? action.SubjectOf(made) : action.Subject;
        var done = begun.DryRun ? AuditOutcome.DryRun : AuditOutcome.Done;
        var note = result?.Content is { } content ? action.NoteOf(content) : null;
        return End(begun, subject, result?.Refusal is null ? done : AuditOutcome.Refused, result?.Refusal?.Code, note);
    }

    /// <summary>The first line stands already, so the failure itself matters more than one of the log.</summary>
    public async Task Fail(AuditEntry begun, IAdminAction action, Exception failure)
    {
        var refusal =
            failure switch { ValidationException => "invalid-request", CalendarFailure calendar => calendar.Refusal.Code, _ => null };
        try
        {
            await End(begun, action.Subject, refusal is null ? AuditOutcome.Failed : AuditOutcome.Refused, refusal);
        }
        catch (Exception unwritten)
        {
            logger.LogError(unwritten, "The outcome of {Action} is missing in the audit log: entry {Entry}", begun.Action, begun.Id);
        }
    }

    private async Task End(
        AuditEntry begun,
        AuditSubject subject,
        AuditOutcome outcome,
        string? refusal,
        string? note = null)
    {
        var snapshot = new AuditSnapshot();
        var after = snapshot.View(await subject.Read(mediator, CancellationToken.None));
        var entry = begun with
        {
            Id = NewId(),
            BegunId = begun.Id,
            At = time.GetUtcNow(),
            Subject = subject.Name,
            Asked = null,
            Note = note,
            View = after,
            Outcome = outcome,
            Refusal = refusal,
            ActorNamePlace = begun.Actor.StaffId is { } staff ? snapshot.SetAside(staff, begun.Actor.Name) : null,
            Names = snapshot.Names,
        };
        await log.Append(entry, CancellationToken.None);
    }

    /// <summary>Apart from the ids of calendars: a history that is played again gives these the same ones, logged or not.</summary>
    private Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());
}

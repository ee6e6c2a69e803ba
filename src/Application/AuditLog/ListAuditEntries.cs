using System.Text.Json.Nodes;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.AuditLog;

/// <summary>Admin actions, the newest first, a page at a time.</summary>
/// <param name="From">Those that began at or after it.</param>
/// <param name="To">Those that began before it.</param>
/// <param name="Actor">Only this one's: the id or the name.</param>
/// <param name="Subject">Only those about it, such as staff/anna.</param>
/// <param name="Cursor">From an earlier answer, to go on after it.</param>
public sealed record ListAuditEntries(
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Actor,
    string? Subject,
    string? Cursor,
    int Limit) : IRequest<AuditLogPage>
{
    public const int MostAtOnce = 200;

    internal sealed class Validator : AbstractValidator<ListAuditEntries>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, MostAtOnce)
                .OverridePropertyName("limit")
                .WithMessage("Expected a whole number from 1 to 200.");
            RuleFor(q => q.To).Must((q, to) => to > q.From)
                .When(q => q is { From: not null, To: not null })
                .OverridePropertyName("to")
                .WithMessage("'to' must be later than 'from'.");
            RuleFor(q => q.Cursor).Must(c => AuditCursor.Read(c) is not null).When(q => q.Cursor is not null)
                .OverridePropertyName("cursor").WithMessage("Expected the nextCursor of an earlier answer.");
        }
    }
}

/// <param name="NextCursor">Asks for the next page; null on the last one.</param>
public sealed record AuditLogPage(IReadOnlyList<AuditEntryView> Entries, string? NextCursor);

/// <summary>One admin action.</summary>
/// <param name="At">When it began.</param>
/// <param name="EndedAt">Null while it is unfinished.</param>
/// <param name="Action">The name of the request, such as ChangeIntegration.</param>
/// <param name="Subject">What it was about, such as staff/anna; the kind alone when it was to be made and was not.</param>
/// <param name="Asked">
/// What was asked for, refused or not: the fields of the request, without secrets. Of an address only scheme, host and port; of
/// certificates their fingerprints. Null in entries from before this was kept.
/// </param>
/// <param name="DryRun">true: it only said what would happen.</param>
/// <param name="Note">What else there is to know, such as that a new password was given.</param>
/// <param name="Before">The subject before, without secrets; null when there was none.</param>
/// <param name="After">The subject afterwards; null when there is none, or while the action is unfinished.</param>
/// <param name="Refusal">The type of the problem, when it was refused.</param>
public sealed record AuditEntryView(
    Guid Id,
    DateTimeOffset At,
    DateTimeOffset? EndedAt,
    AuditActor Actor,
    string Action,
    string Subject,
    JsonObject? Asked,
    bool DryRun,
    string? Note,
    JsonObject? Before,
    JsonObject? After,
    AuditOutcome Outcome,
    string? Refusal);

using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>The user accounts list, page by page: grouped by state (error, warning, syncing, off), then by name.</summary>
/// <param name="IntegrationId">Only the staff of this integration.</param>
/// <param name="State">Only this state.</param>
/// <param name="Search">Only names that hold every one of these words, whatever their case and accents.</param>
/// <param name="Cursor">Where the page before ended.</param>
/// <param name="Limit">Staff members on a page.</param>
public sealed record ListStaffLinks(
    Guid? IntegrationId = null,
    AccountState? State = null,
    string? Search = null,
    string? Cursor = null,
    int Limit = ListStaffLinks.UsualLimit) : IRequest<StaffLinkList>
{
    public const int UsualLimit = 50;
    public const int MaxLimit = 200;

    internal sealed class Validator : AbstractValidator<ListStaffLinks>
    {
        public Validator()
        {
            RuleFor(q => q.State).IsInEnum().OverridePropertyName("state").WithMessage("Expected one of Error, Warning, Syncing, Off.");
            RuleFor(q => q.Search).MaximumLength(200).OverridePropertyName("search").WithMessage("Expected at most 200 characters.");
            RuleFor(q => q.Cursor).Must(c => c is null || AccountCursor.Read(c) is not null)
                .OverridePropertyName("cursor")
                .WithMessage("Expected the nextCursor of the page before, as it was.");
            RuleFor(q => q.Limit).InclusiveBetween(1, MaxLimit)
                .OverridePropertyName("limit")
                .WithMessage($"Expected 1 to {MaxLimit} staff members a page.");
        }
    }
}

/// <summary>One page of the user accounts list, with the counts above it.</summary>
/// <param name="Syncing">How many sync. The counts obey integrationId and search, and not state, so that each can stand beside its
/// filter.</param>
/// <param name="Warning">How many lack data on either side.</param>
/// <param name="Error">How many fail.</param>
/// <param name="Off">How many are switched off by hand; they are in none of the three counts.</param>
/// <param name="VersionColumns">One column for each integration, by its name.</param>
/// <param name="NextCursor">Asks for the next page; null on the last one.</param>
public sealed record StaffLinkList(
    int Syncing,
    int Warning,
    int Error,
    int Off,
    IReadOnlyList<VersionColumn> VersionColumns,
    IReadOnlyList<StaffAccount> Links,
    string? NextCursor);

/// <summary>
/// A version column: the row of a staff member shows its exchangeVersion in the column of its integrationId, and nothing in the others.
/// </summary>
/// <param name="Title">The integration's display name.</param>
/// <param name="StatusReason">Why nobody syncs through it; null while it runs.</param>
/// <param name="ManualSyncing">New staff members start switched off.</param>
public sealed record VersionColumn(
    Guid IntegrationId,
    string Title,
    IntegrationStatus Status,
    string? StatusReason,
    bool ManualSyncing);

/// <summary>One staff member in the user accounts list.</summary>
/// <param name="ExchangeVersion">For the column of the staff member's integration, such as Exchange 2016.</param>
/// <param name="Problem">Stable code of what is wrong; null when nothing is.</param>
/// <param name="Reason">What is wrong and what to do.</param>
/// <param name="ExchangeCode">Exchange's own code; null when Exchange gave none.</param>
/// <param name="FirstSyncDone">The calendar was read whole.</param>
/// <param name="LagSeconds">Seconds since the calendar was known to be as Exchange has it: the last pass, or a later sign of life of its
/// stream; null before the first pass.</param>
/// <param name="PendingPushes">Copies of appointments that wait to be written or removed in Exchange.</param>
/// <param name="HeldDeletions">Removals that wait for an admin's decision.</param>
/// <param name="LastError">The last failure; it stays after the staff member has recovered.</param>
/// <param name="RecheckPending">A check was asked for and has no result yet.</param>
public sealed record StaffAccount(
    string StaffId,
    string StaffName,
    Guid IntegrationId,
    string ExchangeVersion,
    string? MailboxAddress,
    bool Enabled,
    AccountState State,
    string? Problem,
    string? Reason,
    string? ExchangeCode,
    bool FirstSyncDone,
    DateTimeOffset? LastSyncedAt,
    double? LagSeconds,
    int PendingPushes,
    int HeldDeletions,
    LinkFailure? LastError,
    bool RecheckPending,
    LinkNotifications Notifications);

using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>Has one staff member's mailbox opened and read anew as soon as its turn comes. What was asked for survives a restart.</summary>
public sealed record RecheckStaffLink(string StaffId) : IRequest<Result>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("staff", StaffId, new GetStaffLink(StaffId));

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IExchangeIntegrationRepository integrations,
        ISyncStore store,
        TimeProvider time)
        : IRequestHandler<RecheckStaffLink, Result>
    {
        public async Task<Result> Handle(RecheckStaffLink command, CancellationToken ct)
        {
            return await store.Change("The link", async () =>
            {
                if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
                if (!link.Enabled) return new LinkIsDisabled(link.StaffId);
                if (await integrations.Find(link.IntegrationId, ct) is not { } integration)
                    return new IntegrationNotFound(link.IntegrationId);
                if (integration.BlockedBy is { } still) return still;
                return new ChangeSet { Links = [link.RecheckAsked(time.GetUtcNow())] };
            }, ct);
        }
    }
}

/// <summary>How the check of one staff member stands.</summary>
public sealed record GetStaffRecheck(string StaffId) : IRequest<Result<StaffRecheckView>>
{
    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IExchangeIntegrationRepository integrations) : IRequestHandler<GetStaffRecheck, Result<StaffRecheckView>>
    {
        public async Task<Result<StaffRecheckView>> Handle(GetStaffRecheck query, CancellationToken ct)
        {
            if (await links.FindByStaff(query.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(query.StaffId);
            if (await integrations.Find(link.IntegrationId, ct) is not { } integration) return new IntegrationNotFound(link.IntegrationId);
            var standing = AccountStanding.Of(
                link.StaffId, AccountStates.Own(link), link.Health, integration.Status, integration.StatusReason);
            return new StaffRecheckView(
                link.StaffId,
                link.RecheckAskedAt is not null,
                link.RecheckAskedAt,
                link.RecheckedAt,
                standing.State,
                standing.Reason?.Code,
                standing.Reason?.Text,
                standing.Reason?.ServerCode);
        }
    }
}

/// <param name="Pending">A check was asked for and has no result yet.</param>
/// <param name="AskedAt">When it was asked for; null when none is pending.</param>
/// <param name="CheckedAt">When the last check that was asked for had its result; null before the first.</param>
/// <param name="Problem">Stable code of what is wrong; null when nothing is.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public sealed record StaffRecheckView(
    string StaffId,
    bool Pending,
    DateTimeOffset? AskedAt,
    DateTimeOffset? CheckedAt,
    AccountState State,
    string? Problem,
    string? Reason,
    string? ExchangeCode);

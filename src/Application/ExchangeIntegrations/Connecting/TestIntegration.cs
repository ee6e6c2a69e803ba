using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>
/// Tries the stored connection with one logon. A refused credential that works again, as after the account was unlocked, sets everything
/// going again; nothing is resynced.
/// </summary>
public sealed record TestIntegration(Guid Id, bool TryAnyway = false) : IRequest<Result<ConnectionTest>>, IChangesSubscriptions,
    IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway);

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        ICalendarDirectory directory,
        ICalendarQueue queue)
        : IRequestHandler<TestIntegration, Result<ConnectionTest>>
    {
        public async Task<Result<ConnectionTest>> Handle(TestIntegration command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } stored) return new IntegrationNotFound(command.Id);
            if (stored.BlockedBy is IntegrationIsPaused paused) return paused;
            AccountCheck account;
            try
            {
                account = await directory.CheckAccount(stored, command.TryAnyway, ct);
            }
            catch (CalendarFailure failure)
            {
                return failure.Refusal;
            }

            if (account.OwnCalendarId is null && !stored.UseImpersonation) return new ServiceAccountHasNoMailbox(stored.Account.UserName);
            // A pass may have noted a refusal while this logon was under way.
            if (await integrations.Find(command.Id, ct) is { } now && now.OnlyStoppedSince(stored)) stored = now;
            while (stored.Status is IntegrationStatus.CredentialRefused)
            {
                var works = stored.Authorized(account.OwnCalendarId);
                var saved = await integrations.Save(works, ct);
                if (saved.IsRefused)
                {
                    if (await integrations.Find(command.Id, ct) is not { } again) return new IntegrationNotFound(command.Id);
                    stored = again;
                    continue;
                }

                stored = saved.Value;
                queue.Add(CalendarWork.Push, (await links.OfIntegration(stored.Id, ct)).Select(l => l.Id));
            }

            return new ConnectionTest(IntegrationView.Of(stored), account.OwnCalendarId is not null, account.ServerBuild);
        }
    }
}

/// <summary>The connection works.</summary>
/// <param name="AccountHasMailbox">Needed without impersonation; useful with it.</param>
/// <param name="ServerBuild">What the server says of itself, such as 15.2.1544; null when it says nothing.</param>
public sealed record ConnectionTest(IntegrationView Integration, bool AccountHasMailbox, string? ServerBuild);

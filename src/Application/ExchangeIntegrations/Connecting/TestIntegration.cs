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
public sealed record TestIntegration(Guid Id, bool TryAnyway = false) : IRequest<Result<ConnectionTest>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway);

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        ICalendarDirectory directory,
        ICalendarQueue queue,
        ReviewSignal review)
        : IRequestHandler<TestIntegration, Result<ConnectionTest>>
    {
        public async Task<Result<ConnectionTest>> Handle(TestIntegration command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } tested) return new IntegrationNotFound(command.Id);
            if (tested.BlockedBy is IntegrationIsPaused paused) return paused;
            AccountCheck account;
            try
            {
                account = await directory.CheckAccount(tested.Server, command.TryAnyway, ct);
            }
            catch (CalendarFailure failure)
            {
                return failure.Refusal;
            }

            if (account.OwnCalendarId is null && !tested.UseImpersonation) return new ServiceAccountHasNoMailbox(tested.Account.UserName);
            var shown = await GoesOn(tested, account, ct);
            return shown.Refusal is { } gone
                ? gone
                : new ConnectionTest(IntegrationView.Of(shown.Value), account.OwnCalendarId is not null, account.ServerBuild);
        }

        /// <summary>
        /// What was tested works, so a refusal of it ends, also one that a pass noted while this logon was under way; one of another
        /// password stands. Answers the integration that was tested, as it is by now.
        /// </summary>
        private async Task<Result<ExchangeIntegration>> GoesOn(ExchangeIntegration tested, AccountCheck account, CancellationToken ct)
        {
            var (shown, goesOn) = (tested, false);
            var stored = await integrations.Change(tested.Id, now =>
            {
                shown = now.OnlyStoppedSince(tested) ? now : tested;
                goesOn = shown == now && now.Status is IntegrationStatus.CredentialRefused;
                return goesOn ? now.Authorized(account.OwnCalendarId) : now;
            }, ct);
            if (stored.IsRefused || !goesOn) return stored.Refusal is { } refusal ? refusal : shown;
            queue.Add(CalendarWork.Push, (await links.OfIntegration(tested.Id, ct)).Select(l => l.Id));
            review.Ask();
            return stored;
        }
    }
}

/// <summary>The connection works.</summary>
/// <param name="AccountHasMailbox">Needed without impersonation; useful with it.</param>
/// <param name="ServerBuild">What the server says of itself, such as 15.2.1544; null when it says nothing.</param>
public sealed record ConnectionTest(IntegrationView Integration, bool AccountHasMailbox, string? ServerBuild);

using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Domain.SyncedEvents;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>
/// Checks the address, the credential (one logon), the account's mailbox and its rights on every enabled staff member's calendar.
/// When the account itself works, the integration becomes active and the first sync begins.
/// </summary>
/// <param name="Estimate">Also say what the first sync will do: it reads up to as many calendars as a preview, before anything is
/// stored.</param>
public sealed record AuthorizeIntegration(Guid Id, bool Estimate = false, bool TryAnyway = false)
    : IRequest<Result<AuthorizationReport>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note =>
        TryAnywayNote.Of(TryAnyway, Estimate ? "authorizes, and says first by a dry run what the first sync will do" : null);

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        ISyncedEventRepository events,
        ICalendarDirectory directory,
        CalendarCheckup checkup,
        PasswordWatch passwords,
        FirstSyncPreview preview,
        ICalendarQueue queue,
        ReviewSignal review) : IRequestHandler<AuthorizeIntegration, Result<AuthorizationReport>>
    {
        private const int MostCounted = 10_000;

        /// <summary>Exchange tells what the account may do in the folder, but not whether it may edit what others made there.</summary>
        private static string? Note(ExchangeIntegration integration) => integration.UseImpersonation ? null
            : "With delegate access Author is enough to write appointments. To answer meeting requests for this person as well, and to remove an appointment that somebody else touched, the account needs Editor on the folder Calendar.";

        public async Task<Result<AuthorizationReport>> Handle(AuthorizeIntegration command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } integration) return new IntegrationNotFound(command.Id);

            if (integration.BlockedBy is IntegrationIsPaused or IntegrationIsBeingDisconnected) return integration.BlockedBy;

            var enabled = (await links.OfIntegration(integration.Id, ct)).Where(l => l.Enabled).ToList();
            var estimates = new Dictionary<Guid, FirstSyncEstimate>();
            AccountCheck account;
            try
            {
                account = await directory.CheckAccount(integration.Server, command.TryAnyway, ct);
                if (command.Estimate) await Estimate(integration, enabled, estimates, ct);
            }
            catch (CalendarFailure failure)
            {
                if (failure.Meaning is FailureMeaning.CredentialRefused)
                    await integrations.Save(integration.LogonRefused(integration.Account.CredentialVersion, failure.Refusal), ct);
                review.Ask();
                return failure.Refusal;
            }

            if (account.OwnCalendarId is null && !integration.UseImpersonation)
                return new ServiceAccountHasNoMailbox(integration.Account.UserName);

            var stored = await Store(integration, account, ct);
            if (stored.Refusal is { } refusal) return refusal;
            var authorized = stored.Value;

            var checks = new List<StaffCalendarLink>();
            var waiting = new Dictionary<Guid, int>();
            foreach (var link in enabled)
            {
                checks.Add(await checkup.Check(authorized, link, ct));
                waiting[link.Id] =
                    (await events.DuePushes(link.Id, DateTimeOffset.MaxValue, MostCounted, ct))
                        .Count(e => e is { Kind: EventKind.Copy, ItemId: null });
            }

            var expiry = await passwords.Look(authorized, ct);
            queue.Add(CalendarWork.Push, checks.Select(l => l.Id));
            review.Ask();
            return new AuthorizationReport(
                IntegrationView.Of(authorized.Expiring(expiry)),
                account.OwnCalendarId is not null,
                account.ServerBuild,
                [.. checks.Select(l => new StaffAuthorization(
                    l.StaffId,
                    l.StaffName,
                    l.MailboxAddress,
                    AccountStates.Own(l),
                    l.Health.Reason?.Code,
                    l.Health.Reason?.Text,
                    l.Health.Reason?.ServerCode,
                    waiting[l.Id],
                    estimates.GetValueOrDefault(l.Id),
                    Note(authorized)))]);
        }

        /// <summary>Onto the row as it is by now, unless the connection that was tried is another by then.</summary>
        private Task<Result<ExchangeIntegration>> Store(ExchangeIntegration tried, AccountCheck account, CancellationToken ct) =>
            integrations.Change(
                tried.Id,
                now => now.Version == tried.Version || now.OnlyStoppedSince(tried)
                    ? now.Authorized(account.OwnCalendarId)
                    : new ChangedMeanwhile("The integration"),
                ct);

        private async Task Estimate(
            ExchangeIntegration integration,
            IReadOnlyList<StaffCalendarLink> enabled,
            Dictionary<Guid, FirstSyncEstimate> estimates,
            CancellationToken ct)
        {
            foreach (var link in enabled.Where(l => l.Cursor is null).Take(PreviewIntegration.Most))
            {
                try
                {
                    var estimate = await preview.Of(integration, link, ct);
                    if (!estimate.IsRefused) estimates[link.Id] = estimate.Value;
                }
                catch (CalendarFailure failure) when (failure.Reach is not FailureReach.Integration)
                {
                    // the check of this calendar, which follows, meets and reports it
                }
            }
        }
    }
}

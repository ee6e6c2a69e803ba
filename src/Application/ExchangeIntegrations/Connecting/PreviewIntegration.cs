using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>
/// Does everything that the first sync will do, without doing it: logs on once, reads, and plans. Nothing is written in Exchange or stored,
/// but that a refused password is remembered, so that the account is not locked.
/// </summary>
public sealed record PreviewIntegration(Guid Id, bool TryAnyway = false) : IRequest<Result<IntegrationPreview>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    bool IAdminAction.IsDryRun => true;

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway);

    /// <summary>Calendars that one preview reads at the most.</summary>
    public const int Most = 20;

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        ICalendarDirectory directory,
        FirstSyncPreview preview)
        : IRequestHandler<PreviewIntegration, Result<IntegrationPreview>>
    {
        public async Task<Result<IntegrationPreview>> Handle(PreviewIntegration query, CancellationToken ct)
        {
            if (await integrations.Find(query.Id, ct) is not { } integration) return new IntegrationNotFound(query.Id);
            if (integration.Status is not (IntegrationStatus.Draft or IntegrationStatus.Active)) return integration.BlockedBy!;
            var enabled = (await links.OfIntegration(query.Id, ct)).Where(l => l.Enabled).ToList();
            var toRead = enabled.Where(l => l.Cursor is null).ToList();
            var staff = new List<StaffPreview>();
            try
            {
                var account = await directory.CheckAccount(integration.Server, query.TryAnyway, ct);
                if (account.OwnCalendarId is null && !integration.UseImpersonation)
                    return new ServiceAccountHasNoMailbox(integration.Account.UserName);
                foreach (var link in toRead.Take(Most)) staff.Add(await Of(integration, link, ct));
            }
            catch (CalendarFailure failure)
            {
                return failure.Refusal;
            }

            var left = toRead.Count - staff.Count;
            return new IntegrationPreview(
                staff, enabled.Count - toRead.Count, left,
                $"{staff.Sum(s => s.FirstSync?.EventsToAppear ?? 0)} events will appear, {staff.Sum(s => s.FirstSync?.AppointmentsToWrite ?? 0)} appointments will be written, {staff.Sum(s => s.FirstSync?.CopiesToAdopt ?? 0)} items will be taken over, in {staff.Count} calendars."
                    + (left > 0 ? $" {left} more were not looked at: one preview reads {Most} calendars at the most." : ""));
        }

        private async Task<StaffPreview> Of(ExchangeIntegration integration, StaffCalendarLink link, CancellationToken ct)
        {
            try
            {
                var estimate = await preview.Of(integration, link, ct);
                return estimate.Refusal is { } refusal
                    ? new StaffPreview(link.StaffId, link.StaffName, link.MailboxAddress, null, refusal.Code, refusal.Message, null)
                    : new StaffPreview(link.StaffId, link.StaffName, link.MailboxAddress, estimate.Value, null, null, null);
            }
            catch (CalendarFailure failure) when (failure.Reach is not FailureReach.Integration)
            {
                return new StaffPreview(
                    link.StaffId,
                    link.StaffName,
                    link.MailboxAddress,
                    null,
                    failure.Refusal.Code,
                    failure.Refusal.Message,
                    failure.ExchangeCode);
            }
        }
    }
}

/// <param name="Synced">Calendars that were read whole already: nothing is first there.</param>
/// <param name="NotLookedAt">Calendars beyond the most that one preview reads.</param>
/// <param name="Summary">The same in one sentence.</param>
public sealed record IntegrationPreview(IReadOnlyList<StaffPreview> Staff, int Synced, int NotLookedAt, string Summary);

/// <param name="FirstSync">Null when the calendar cannot be read.</param>
/// <param name="Problem">Stable code of what is wrong; null when nothing is.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public sealed record StaffPreview(
    string StaffId,
    string StaffName,
    string? MailboxAddress,
    FirstSyncEstimate? FirstSync,
    string? Problem,
    string? Reason,
    string? ExchangeCode);

using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>
/// Goes on after a pause: what waits is pushed at once, and every calendar is read from where it was. Does nothing to one that runs.
/// </summary>
public sealed record ResumeIntegration(Guid Id) : IRequest<Result<IntegrationView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        ISyncStore store,
        ICalendarQueue queue,
        ReviewSignal review,
        ISecretVault vault,
        TimeProvider time)
        : IRequestHandler<ResumeIntegration, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ResumeIntegration command, CancellationToken ct)
        {
            var wasPaused = false;
            var resumed = await integrations.Change(command.Id, stored =>
            {
                var going = stored.Resumed();
                wasPaused = !going.IsRefused && !ReferenceEquals(going.Value, stored);
                return wasPaused ? going.Value.PasswordIsShut(vault.WhyShut(stored)?.Why) : going;
            }, ct);
            if (resumed.Refusal is { } refusal) return refusal;
            if (wasPaused) await Begin(command.Id, ct);
            return IntegrationView.Of(resumed.Value);
        }

        private async Task Begin(Guid id, CancellationToken ct)
        {
            var paused = await links.OfIntegration(id, ct);
            foreach (var link in paused.Where(l => l.Enabled)) await MakeDue(link.Id, ct);
            queue.Add(CalendarWork.Push, paused.Select(l => l.Id));
            review.Ask();
        }

        private Task<Result> MakeDue(Guid id, CancellationToken ct) => store.Change(
            "The link",
            async () => await links.Find(id, ct) is { Enabled: true } link
                ? new ChangeSet { Links = [link.Due(time.GetUtcNow())] }
                : (ChangeSet?)null,
            ct);
    }
}

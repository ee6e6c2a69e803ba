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
public sealed record ResumeIntegration(Guid Id) : IRequest<Result<IntegrationView>>, IChangesSubscriptions, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        ISyncStore store,
        ICalendarQueue queue,
        ISecretVault vault,
        TimeProvider time)
        : IRequestHandler<ResumeIntegration, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ResumeIntegration command, CancellationToken ct)
        {
            while (await integrations.Find(command.Id, ct) is { } stored)
            {
                var resumed = stored.Resumed();
                if (resumed.Refusal is { } refusal) return refusal;
                if (ReferenceEquals(resumed.Value, stored)) return IntegrationView.Of(stored);
                var going = resumed.Value.PasswordIsShut(vault.WhyShut(stored)?.Why);
                if ((await integrations.Save(going, ct)).IsRefused) continue;
                var paused = await links.OfIntegration(stored.Id, ct);
                foreach (var link in paused.Where(l => l.Enabled)) await MakeDue(link.Id, ct);
                queue.Add(CalendarWork.Push, paused.Select(l => l.Id));
                return IntegrationView.Of(going with { Version = stored.Version + 1 });
            }

            return new IntegrationNotFound(command.Id);
        }

        private async Task MakeDue(Guid id, CancellationToken ct)
        {
            while (await links.Find(id, ct) is { Enabled: true } link)
            {
                if (await store.Commit(new ChangeSet { Links = [link with { NextSyncAt = time.GetUtcNow() }] }, ct)) return;
            }
        }
    }
}

using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>
/// Deletes the link of one staff member; their appointments stay in the booking product. With their copies removed it takes until the last
/// of them has left Exchange; asked again with the copies kept, it ends there.
/// </summary>
/// <param name="Copies">What becomes of the appointments in the calendar, and of those that still wait to leave a former one.</param>
/// <param name="ExpectedVersion">From If-Match; null to delete whatever is stored.</param>
public sealed record DeleteStaffLink(string StaffId, CopiesDecision Copies, int? ExpectedVersion)
    : IRequest<Result<LinkDeletionView>>, IAdminAction
{
    /// <summary>What is expected where nobody said it.</summary>
    public const string CopiesExpected = "Say what becomes of the appointments in the calendar: Keep or Remove.";

    AuditSubject IAdminAction.Subject => AuditSubject.Of("staff", StaffId, new GetStaffLink(StaffId));

    string? IAdminAction.Note => $"copies: {Copies}";

    internal sealed class Validator : AbstractValidator<DeleteStaffLink>
    {
        public Validator() => RuleFor(c => c.Copies).IsInEnum().OverridePropertyName("copies").WithMessage(CopiesExpected);
    }

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IExchangeIntegrationRepository integrations,
        ISyncStore store,
        MailboxLocks locks,
        LinkRemoval removal,
        ReviewSignal review,
        TimeProvider time)
        : IRequestHandler<DeleteStaffLink, Result<LinkDeletionView>>
    {
        /// <summary>What waits longer than this for the calendar's turn goes on by itself.</summary>
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

        public async Task<Result<LinkDeletionView>> Handle(DeleteStaffLink command, CancellationToken ct)
        {
            StaffCalendarLink? leaving = null;
            var begun = await store.Change("The link", async () =>
            {
                if (await links.FindByStaff(command.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(command.StaffId);
                if (command.ExpectedVersion is { } expected && expected != link.SettingsVersion) return new ChangedMeanwhile("The link");
                if (await integrations.Find(link.IntegrationId, ct) is { DisconnectingSince: not null })
                    return new IntegrationIsBeingDisconnected();
                leaving = link.ToDelete(command.Copies is CopiesDecision.Remove, time.GetUtcNow());
                return new ChangeSet { Links = [leaving] };
            }, ct);
            if (begun.Refusal is { } refusal) return refusal;
            review.Ask();
            return await IsGone(leaving!.Id, ct) || await links.Find(leaving.Id, ct) is not { Deletion.RemovesCopies: var removes } left
                ? new LinkDeletionView(leaving.StaffId, Deleted: true, CopiesToRemove: 0)
                : new LinkDeletionView(leaving.StaffId, Deleted: false, removes ? await removal.Left(left, ct) : 0);
        }

        /// <summary>A first step at once: where nothing has to leave Exchange it is the last one, too.</summary>
        private async Task<bool> IsGone(Guid linkId, CancellationToken ct)
        {
            using var patience = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            try
            {
                await using var mailbox = await locks.Take(linkId, either.Token);
                return mailbox is not null && await removal.GoOn(mailbox, ct);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return false; // a pass is at it
            }
            catch (LeaseWasLost)
            {
                return false;
            }
        }
    }
}

/// <param name="Deleted">
/// The link is gone. False: copies are still to leave Exchange, or a pass is still at the calendar; GET of the link shows it until it is
/// gone.
/// </param>
/// <param name="CopiesToRemove">How many copies are still to leave Exchange.</param>
public sealed record LinkDeletionView(string StaffId, bool Deleted, int CopiesToRemove);

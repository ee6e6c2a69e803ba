using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.SyncedEvents;

/// <summary>
/// Why something of a staff member is not synced: an item of Exchange, an appointment, or everything in a span of time. What Exchange has
/// is asked for now, because what is left out leaves no row.
/// </summary>
public sealed record ExplainSync(
    string StaffId,
    string? ItemId,
    Guid? AppointmentId,
    DateTimeOffset? From,
    DateTimeOffset? To) : IRequest<Result<SyncExplanation>>
{
    internal sealed class Validator : AbstractValidator<ExplainSync>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

        public Validator()
        {
            RuleFor(q => q).Must(q => Ways(q) == 1)
                .OverridePropertyName("itemId")
                .WithMessage("Ask about one thing: itemId, or appointmentId, or from and to.");
            RuleFor(q => q.ItemId).Must(Text.UpTo(2000))
                .When(q => q.ItemId is not null)
                .OverridePropertyName("itemId")
                .WithMessage("Expected Exchange's id of the item, 1 to 2000 characters.");
            RuleFor(q => q.To).Must((q, to) => to > q.From && to - q.From <= Longest).When(q => q is { From: not null, To: not null })
                .OverridePropertyName("to").WithMessage("'to' must be later than 'from', by at most 31 days.");
            RuleFor(q => q.To).NotNull().When(q => q.From is not null).OverridePropertyName("to").WithMessage("'from' needs 'to'.");
            RuleFor(q => q.From).NotNull().When(q => q.To is not null).OverridePropertyName("from").WithMessage("'to' needs 'from'.");
        }

        private static int Ways(ExplainSync q) =>
            (q.ItemId is null ? 0 : 1) + (q.AppointmentId is null ? 0 : 1) + (q.From is null && q.To is null ? 0 : 1);
    }

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IExchangeIntegrationRepository integrations,
        IAppointmentRepository appointments,
        ISyncedEventRepository events,
        ItemExplanation items,
        ITrafficView traffic)
        : IRequestHandler<ExplainSync, Result<SyncExplanation>>
    {
        public async Task<Result<SyncExplanation>> Handle(ExplainSync query, CancellationToken ct)
        {
            if (await links.FindByStaff(query.StaffId, ct) is not { } link) return new StaffMemberIsNotLinked(query.StaffId);
            if (await integrations.Find(link.IntegrationId, ct) is not { } integration) return new IntegrationNotFound(link.IntegrationId);
            var rule = LinkRules.HoldsUp(link, integration.Status)
                ?? ((await traffic.Of(integration.Server, ct)).Doubt is null ? null : SyncRules.LogonInDoubt);
            var heldUp = rule is null ? null : SyncFinding.Of(rule, null);
            try
            {
                return query.AppointmentId is { } appointmentId
                    ? await OfAppointment(link, appointmentId, heldUp, ct)
                    : new SyncExplanation(link.StaffId, heldUp, heldUp is null ? await OfExchange(query, integration, link, ct) : []);
            }
            catch (CalendarFailure failure)
            {
                return failure.Refusal;
            }
        }

        private async Task<Result<SyncExplanation>> OfAppointment(
            StaffCalendarLink link,
            Guid appointmentId,
            SyncFinding? heldUp,
            CancellationToken ct)
        {
            if (await appointments.Find(appointmentId, ct) is not { } appointment) return new AppointmentNotFound(appointmentId);
            var copy = (await events.CopiesOf([appointmentId], ct)).Where(c => c.LinkId == link.Id)
                .OrderBy(c => c.PushState is PushState.Gone).ThenByDescending(c => c.Id).FirstOrDefault();
            return new SyncExplanation(link.StaffId, heldUp, [SyncFinding.Of(appointment, link.StaffId, copy)]);
        }

        private async Task<IReadOnlyList<SyncFinding>> OfExchange(
            ExplainSync query,
            ExchangeIntegration integration,
            StaffCalendarLink link,
            CancellationToken ct)
        {
            if (query.ItemId is { } itemId)
                return [SyncFinding.Of(await items.OfItem(integration, link, itemId, ct), integration.ShowEventTitles)];
            var (from, to) = (query.From!.Value, query.To!.Value);
            var found = await items.Between(integration, link, from, to, ct);
            var shown = found.Select(i => i.Verdict.Row?.Id).OfType<Guid>().ToHashSet();
            var held = (await events.TakingTime(link.Id, from, to, ct)).Where(e => e.Hold is not null && !shown.Contains(e.Id))
                .Select(e => new ExplainedItem(e.ItemId ?? "", null, new ItemVerdict(null, e)));
            return [.. found.Concat(held).Select(i => SyncFinding.Of(i, integration.ShowEventTitles)).OrderBy(f => f.Start)
                .ThenBy(f => f.ItemId, StringComparer.Ordinal)];
        }
    }
}

/// <param name="HeldUpBy">What holds up the whole staff member; then Exchange is not asked, and only what is stored is told. Null as a
/// rule.</param>
/// <param name="Findings">What was asked about, in order of start.</param>
public sealed record SyncExplanation(string StaffId, SyncFinding? HeldUpBy, IReadOnlyList<SyncFinding> Findings);

/// <summary>The published rules by which something is not synced.</summary>
public sealed record ListSyncRules : IRequest<SyncRuleList>
{
    internal sealed class Handler : IRequestHandler<ListSyncRules, SyncRuleList>
    {
        public Task<SyncRuleList> Handle(ListSyncRules query, CancellationToken ct) => Task.FromResult(new SyncRuleList(SyncRules.All));
    }
}

/// <summary>Every rule that leaves something out.</summary>
public sealed record SyncRuleList(IReadOnlyList<SyncRule> Rules);

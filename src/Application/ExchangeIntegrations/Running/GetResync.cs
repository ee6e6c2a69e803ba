using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>How far the latest resync of all calendars of an integration is.</summary>
public sealed record GetResync(Guid Id) : IRequest<Result<ResyncProgress>>
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links) : IRequestHandler<GetResync, Result<ResyncProgress>>
    {
        public async Task<Result<ResyncProgress>> Handle(GetResync query, CancellationToken ct)
        {
            if (await integrations.Find(query.Id, ct) is not { } integration) return new IntegrationNotFound(query.Id);
            var asked = (await links.OfIntegration(query.Id, ct)).Where(l => l.Enabled && l.ResyncAskedAt >= integration.ResyncAskedAt)
                .ToList();
            var read = asked.Count(l => l.IsReadAgain);
            return new ResyncProgress(
                integration.ResyncAskedAt,
                asked.Count,
                read,
                [.. asked.Where(l => !l.IsReadAgain)
                    .Select(l => new CalendarToRead(l.StaffId, l.StaffName, l.Health.State, l.Health.Reason?.Text))],
                integration.ResyncAskedAt is null ? "No resync was asked for." : $"{read} of {asked.Count} calendars are read again.");
        }
    }
}

/// <param name="AskedAt">Null when it never was.</param>
/// <param name="Calendars">How many calendars are to be read again.</param>
/// <param name="ReadAgain">How many of them are.</param>
/// <param name="Waiting">The others, with the reason where one cannot be read.</param>
/// <param name="Summary">The same in one sentence.</param>
public sealed record ResyncProgress(
    DateTimeOffset? AskedAt,
    int Calendars,
    int ReadAgain,
    IReadOnlyList<CalendarToRead> Waiting,
    string Summary);

public sealed record CalendarToRead(string StaffId, string StaffName, LinkState State, string? Reason);

using System.Globalization;
using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>How calls to Exchange flow just now: what is under way, what waits, and what Exchange asked for.</summary>
public sealed record GetTraffic(Guid Id) : IRequest<Result<TrafficView>>
{
    internal sealed class Handler(IExchangeIntegrationRepository integrations, IStaffCalendarLinkRepository links, ITrafficView traffic)
        : IRequestHandler<GetTraffic, Result<TrafficView>>
    {
        public async Task<Result<TrafficView>> Handle(GetTraffic query, CancellationToken ct)
        {
            if (await integrations.Find(query.Id, ct) is not { } integration) return new IntegrationNotFound(query.Id);
            var enabled = (await links.OfIntegration(query.Id, ct)).Where(l => l.Enabled).ToList();
            return TrafficView.Of(integration, enabled, await traffic.Of(integration.Server, ct));
        }
    }
}

/// <param name="Summary">The same in one sentence, for people.</param>
/// <param name="CallsInUse">Calls under way.</param>
/// <param name="CallLimit">Calls that may be under way at once: the setting, or less while the server stands less.</param>
/// <param name="CallSetting">What the configuration allows: Sync:CallsAtOnce, or Sync:CallsAtOnceAsDelegate.</param>
/// <param name="CallsWaiting">Calls that wait for their turn.</param>
/// <param name="PausedUntil">Nothing at all is sent before; null while the integration is not paused.</param>
/// <param name="PauseReason">Exchange's code, or the status of a proxy, that asked for it; null while the integration is not
/// paused.</param>
/// <param name="PausedMailboxes">Mailboxes to which nothing is sent before their time, the soonest to end first.</param>
/// <param name="Problem">Stable code of what is wrong with the whole integration; null when nothing is.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public sealed record TrafficView(
    string Summary,
    int CallsInUse,
    int CallLimit,
    int CallSetting,
    int CallsWaiting,
    DateTimeOffset? PausedUntil,
    string? PauseReason,
    IReadOnlyList<PausedMailbox> PausedMailboxes,
    string? Problem,
    string? Reason)
{
    private static readonly string RightIsMissing = new ImpersonationRightMissing("", "").Code;

    public static TrafficView Of(ExchangeIntegration integration, IReadOnlyList<StaffCalendarLink> enabled, TrafficNow now)
    {
        var whole = now.Pauses.FirstOrDefault(p => p.Mailbox.Length == 0);
        var paused = now.Pauses.Where(p => p.Mailbox.Length > 0).Select(p => new PausedMailbox(p.Mailbox, p.Until, p.Reason)).ToList();
        var problem = ProblemOf(integration, enabled);
        Error? doubt = problem is null ? now.Doubt : null;
        var heldUp = problem is null && doubt is null && whole is { IsRemarkable: true } ? whole.InWords : null;
        problem ??= doubt;
        var until = now.DoubtUntil > (whole?.Until ?? DateTimeOffset.MinValue) ? now.DoubtUntil : whole?.Until;
        return new TrafficView(
            Sentence(integration, now, whole, paused), now.InUse, now.Limit, now.Setting, now.Waiting,
            until, until == whole?.Until ? whole?.Reason : "HTTP 401", paused,
            heldUp is null ? problem?.Code : new ExchangeIsBusy(whole!.Reason).Code, heldUp ?? problem?.Message);
    }

    private static string Sentence(ExchangeIntegration integration, TrafficNow now, TrafficPause? whole, List<PausedMailbox> paused)
    {
        if (integration.Status is IntegrationStatus.Paused)
            return $"Nothing is sent: the integration is paused: {integration.StatusReason}.";
        if (integration.Status is IntegrationStatus.PasswordUnreadable) return "Nothing is sent: the stored password cannot be opened.";
        if (integration.Status is not (IntegrationStatus.Active or IntegrationStatus.Disconnecting))
            return "Nothing is sent: the integration is not authorized.";
        var calls = $"{now.InUse} of {now.Limit} in use";
        if (now.Limit < now.Setting) calls += $" (of {now.Setting} allowed: the server stood no more)";
        if (now is { Doubt: not null, DoubtUntil: { } until })
        {
            var at = until.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            return $"{calls}; everything waits until {at} UTC, when one call tries the logon that was refused.";
        }

        if (whole is not null) return $"{calls}; everything waits until {Time(whole.Until)} UTC, as {whole.Reason} asked.";
        return paused.Count switch
        {
            0 => $"{calls}; no mailbox waits.",
            1 => $"{calls}; 1 mailbox waits until {Time(paused[0].Until)} UTC.",
            _ => $"{calls}; {paused.Count} mailboxes wait, the last until {Time(paused[^1].Until)} UTC.",
        };
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What each link says of itself is the integration's trouble when all of them say it.</summary>
    private static Error? ProblemOf(ExchangeIntegration integration, IReadOnlyList<StaffCalendarLink> enabled) => integration.Status switch
    {
        IntegrationStatus.CredentialRefused => new CredentialRefused(integration.Account.UserName),
        IntegrationStatus.PasswordUnreadable => new PasswordCannotBeOpened(integration.StatusReason ?? ""),
        IntegrationStatus.Active when enabled.Count > 1 && enabled.All(l => l.Health.Reason?.Code == RightIsMissing) =>
            new ImpersonationIsNotAllowed(integration.Account.UserName),
        _ => null,
    };
}

/// <param name="Reason">Exchange's code.</param>
public sealed record PausedMailbox(string Mailbox, DateTimeOffset Until, string Reason);

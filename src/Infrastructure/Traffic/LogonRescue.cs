using System.Globalization;
using CleanSync.Application;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations.Troubles;
using CleanSync.Infrastructure.Persistence.Integrations;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// Exchange refuses a right password now and then, under load. One that worked a moment ago and is refused once is in doubt: nothing of the
/// integration is sent for half a minute, then one lone call finds out. See docs/adr/0020-one-refused-logon-is-tried-again-alone.md.
/// </summary>
internal sealed class LogonRescue(
    LogonRescues rescues,
    SyncOptions options,
    TimeProvider time,
    ILogger<LogonRescue> logger,
    ILogonConnections? connections = null)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>What a doubtful refusal is told as; null when it is believed after all.</summary>
    public async Task<CalendarFailure?> Begin(Logon logon, Suspicion suspicion, Exception refusal)
    {
        var server = logon.Server;
        var now = time.GetUtcNow();
        RescueAnswer answer;
        try
        {
            answer = await rescues.Begin(
                server.IntegrationId, suspicion.Version, logon.SentAt, now, now + PendingRescue.Pause, CancellationToken.None);
        }
        catch (StorageFailure)
        {
            return null;
        }

        switch (answer)
        {
            case RescueAnswer.Begun or RescueAnswer.Pending:
                suspicion.IsStored = true;
                if (answer is RescueAnswer.Begun)
                    logger.LogWarning("Integration {IntegrationId}: a logon was refused although the password had worked a moment ago; "
                        + "nothing is sent for {Seconds} seconds, then one call tries it alone", server.IntegrationId,
                        PendingRescue.Pause.TotalSeconds);
                return InDoubt(server, PendingRescue.Pause, refusal);
            case RescueAnswer.WorkedSince:
                logon.Proof.Acquit(suspicion);
                return Again("HTTP 401", Soon);
            case RescueAnswer.Replaced:
                logon.Proof.Acquit(suspicion);
                return Again("the password was changed meanwhile", TimeSpan.Zero);
            default:
                return null;
        }
    }

    /// <summary>To be asked before anything waits: throws while nothing goes out.</summary>
    /// <param name="known">What this node knew of it before the row was read.</param>
    public void Meet(ServerConnection server, CredentialProof proof, TrafficRow stored, (Suspicion? Of, bool WasStored) known)
    {
        var version = server.CredentialVersion;
        if (stored.Rescue(version) is { } pending)
        {
            proof.Suspect(version);
            if (!(pending.IsUnderWay && proof.IsBeingTried) && Wait(pending) is { } wait) throw InDoubt(server, wait);
        }
        else if (known.Of is { } suspicion)
        {
            if (!known.WasStored) throw InDoubt(server, Soon);
            proof.Acquit(suspicion);
        }
    }

    /// <summary>
    /// To be asked when nothing is left to wait for, right before the request. While the credential is in doubt this takes the right to
    /// make the lone call, or throws. An admin's own try needs no right, and decides as well.
    /// </summary>
    public async Task GoAlone(Logon logon, TrafficRow? stored, CancellationToken ct)
    {
        var server = logon.Server;
        var version = server.CredentialVersion;
        if (stored?.Rescue(version) is not { } pending)
        {
            if (logon.ByAdmin || logon.Proof.SuspicionOf(version) is null) return;
            throw InDoubt(server, Soon);
        }

        logon.Proof.Suspect(version);
        if (!logon.ByAdmin && Wait(pending) is { } wait) throw InDoubt(server, wait);
        if (!logon.MayBeRefused) throw InDoubt(server, Soon);
        var deadline = time.GetUtcNow() + CallAtMost;
        if (await rescues.Claim(pending, deadline, ct)) logon.Claim = new RescueClaim(rescues, pending.Id, deadline, time);
        else if (!logon.ByAdmin) throw InDoubt(server, LookAgain);
        logon.IsRescue = true;
        connections?.Reset(server.IntegrationId); // over one that is logged on already nothing would be tried
    }

    public async Task Worked(Logon logon)
    {
        var server = logon.Server;
        var version = server.CredentialVersion;
        if (!await rescues.End(server.IntegrationId, version, worked: true, time.GetUtcNow(), CancellationToken.None)) return;
        logon.Claim?.Settled();
        logger.LogWarning("Integration {IntegrationId}: the password that was refused once works, and everything goes on", server.IntegrationId);
    }

    public async Task Refused(Logon logon)
    {
        var server = logon.Server;
        await rescues.End(server.IntegrationId, server.CredentialVersion, worked: false, time.GetUtcNow(), CancellationToken.None);
        logon.Claim?.Settled();
    }

    /// <summary>For whoever asks how things are; null when it is in no doubt.</summary>
    public LogonIsInDoubt? Doubt(ServerConnection server, TrafficRow? stored, out DateTimeOffset? until)
    {
        until = null;
        if (stored?.Rescue(server.CredentialVersion) is not { } pending) return null;
        until = time.GetUtcNow() + (Wait(pending) ?? TimeSpan.Zero);
        return Refusal(server, until.Value);
    }

    public Task<LogonWarning?> Warning(ServerConnection server, CancellationToken ct) =>
        rescues.Warning(server.IntegrationId, time.GetUtcNow(), ct);

    public CalendarFailure InDoubt(ServerConnection server, TimeSpan wait, Exception? refusal = null) =>
        new(
            FailureReach.BackOff,
            Refusal(server, time.GetUtcNow() + wait),
            refusal is null ? null : "HTTP 401",
            wait,
            CallOutcome.NotSent,
            refusal);

    private TimeSpan CallAtMost => options.CallTimeout + options.LeaseMargin;

    private TimeSpan? Wait(PendingRescue pending) => pending.Wait(time.GetUtcNow(), CallAtMost) is var left && left > TimeSpan.Zero
        ? pending.IsUnderWay && left > LookAgain ? LookAgain : left
        : null;

    private static LogonIsInDoubt Refusal(ServerConnection server, DateTimeOffset until) =>
        new(server.UserName, string.Create(CultureInfo.InvariantCulture, $"{until.UtcDateTime:HH:mm:ss} UTC"));

    private static CalendarFailure Again(string why, TimeSpan wait) =>
        new(FailureReach.BackOff, new ExchangeIsBusy(why), retryAfter: wait, outcome: CallOutcome.NotSent);
}

/// <summary>
/// The right to make the lone call, a row with a deadline: a node that dies with it blocks nobody for good. Disposed without an outcome it
/// leaves the next try to somebody else.
/// </summary>
internal sealed class RescueClaim(LogonRescues rescues, Guid id, DateTimeOffset deadline, TimeProvider time) : IAsyncDisposable
{
    private bool isSettled;

    /// <summary>What was sent and told nothing is not sent again at once.</summary>
    public bool WasSent { get; set; }

    public void Settled() => isSettled = true;

    public async ValueTask DisposeAsync()
    {
        if (isSettled) return;
        isSettled = true;
        var rest = WasSent ? PendingRescue.Pause : TimeSpan.Zero;
        await rescues.Release(id, deadline, time.GetUtcNow() + rest, CancellationToken.None);
    }
}

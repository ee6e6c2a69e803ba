using System.Collections.Concurrent;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Persistence.Integrations;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// Keeps a wrong password from locking the account. A refused logon stops all traffic of the integration, on every node and over a restart,
/// until an admin gives a new password or authorizes again. One that worked less than ten minutes ago is in doubt first:
/// <see cref="LogonRescue"/>. A credential that is new, or was not seen to work for ten minutes, goes out in one lone call first, and
/// everybody else waits for its outcome.
/// </summary>
internal sealed class CredentialCircuit(
    TrafficRecords records,
    LogonRescue rescue,
    LogonLimit limit,
    ICallSigns signs,
    IExchangeIntegrationRepository integrations,
    TimeProvider time)
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, CredentialProof> proofs = new();

    /// <summary>
    /// Makes one request that carries the credential, outside any gate: for connections that stay open. Throws
    /// <see cref="CalendarFailure"/> while the circuit is open; what the request throws is looked at and thrown on.
    /// </summary>
    /// <param name="destination">The server that is asked; a search asks others than the integration's own.</param>
    public async Task<T> Use<T>(
        ServerConnection server,
        Uri destination,
        LogonWish wish,
        Func<CancellationToken, Task<T>> request,
        CancellationToken ct)
    {
        await using var logon = await Enter(server, wish, ct);
        logon.Destination = destination;
        await using var turn = await Turn(logon, ct);
        var stored = await records.Find(server, TrafficRecords.Whole, ct);
        Check(logon, stored);
        await GoAlone(logon, stored, ct);
        await LogonLimit.Demand(turn, ct);
        return await Send(logon, request, ct);
    }

    /// <summary>
    /// Waits while somebody else tries an unproven credential; throws <see cref="CalendarFailure"/> while the circuit is open.
    /// </summary>
    public async Task<Logon> Enter(ServerConnection server, LogonWish wish, CancellationToken ct)
    {
        var proof = proofs.GetOrAdd(server.IntegrationId, _ => new CredentialProof(time));
        var version = server.CredentialVersion;
        var byAdmin = wish is not LogonWish.Due;
        proof.Account = server.CountedAs;
        var suspicion = proof.SuspicionOf(version);
        var known = (suspicion, suspicion?.IsStored == true);
        if (!proof.IsFresh(version) && await records.Find(server, TrafficRecords.Whole, ct) is { } stored)
        {
            if (!byAdmin && !stored.IsRefused) rescue.Meet(server, proof, stored, known);
            // A proof from before somebody else's refusal of the same account proves nothing any more.
            if (stored.ProvenVersion == version && stored.ProvenAt is { } at && !(stored.AccountRefusedAt >= at)) proof.Learn(version, at);
            if (stored.IsRefused && stored.CredentialVersion == version && !byAdmin) throw Refused(server);
        }

        var isTrial = await proof.Admit(version, byAdmin, ct) ?? throw Refused(server);
        return new Logon(server, proof, isTrial, wish);
    }

    /// <summary>To be held from before the check until the outcome is known. A credential that works waits for nobody.</summary>
    public async Task<LogonTurn?> Turn(Logon logon, CancellationToken ct) =>
        logon.MayBeRefused ? await limit.Turn(logon.Server.CountedAs, ct) : null;

    /// <summary>
    /// To be asked when nothing is left to wait for, right before the request: throws when the circuit has opened meanwhile, here or on
    /// another node, and when too many passwords of the account were refused for one more try. What is due and known to work goes on: it
    /// locks nothing.
    /// </summary>
    public void Check(Logon logon, TrafficRow? stored)
    {
        var server = logon.Server;
        if (stored is null) return;
        logon.AccountWasRefused = stored.AccountRefusals > 0;
        if (logon.MayBeRefused && logon.Wish is not LogonWish.Anyway)
            limit.ThrowIfHeld(server.UserName, stored.AccountRefusals, stored.AccountRefusedAt);
        if (logon.ByAdmin) return;
        if (stored.Stopped is { } stopped && stored.Status != server.Status.ToString())
            throw new CalendarFailure(
                FailureReach.BackOff,
                stopped,
                retryAfter: TimeSpan.Zero,
                outcome: CallOutcome.NotSent);
        if (stored.CredentialVersion != server.CredentialVersion)
            throw new CalendarFailure(
                FailureReach.BackOff,
                new ExchangeIsBusy("the password was changed meanwhile"),
                retryAfter: TimeSpan.Zero,
                outcome: CallOutcome.NotSent);
        if (stored.IsRefused || logon.Proof.IsRefused(server.CredentialVersion)) throw Refused(server);
        if (!logon.IsTrial && logon.Proof.SuspicionOf(server.CredentialVersion) is not null)
            throw rescue.InDoubt(server, PendingRescue.Pause);
    }

    /// <summary>
    /// After the check, when no pause is left either: throws while the credential is in doubt and this call is not the one that finds out.
    /// </summary>
    public Task GoAlone(Logon logon, TrafficRow? stored, CancellationToken ct) => rescue.GoAlone(logon, stored, ct);

    /// <summary>
    /// A credential that is not known to work is no longer the caller's to cancel: the server's word on it has to be heard.
    /// </summary>
    public async Task<T> Send<T>(Logon logon, Func<CancellationToken, Task<T>> request, CancellationToken ct)
    {
        var stop = logon.MayBeRefused ? CancellationToken.None : ct;
        logon.IsSent(time.GetUtcNow());
        try
        {
            var answer = await request(stop);
            await Proven(logon, stop);
            return answer;
        }
        catch (Exception answer) when (signs.Of(answer) is { IsUnderstood: true, RefusesPassword: false })
        {
            await Proven(logon, stop);
            throw;
        }
        catch (Exception failure) when (signs.CredentialRefusal(failure, logon.Server) is { } refusal)
        {
            if (await Doubt(logon, failure) is { } doubtful) throw doubtful;
            await Open(logon, refusal, CancellationToken.None);
            throw;
        }
        catch (Exception lost) when (logon.IsUnproven && signs.Of(lost) is { LeavesPasswordOpen: true })
        {
            // It may have been a wrong one, and is counted as one; the circuit stays closed.
            await limit.Count(logon.Server.CountedAs, logon.Destination, CancellationToken.None);
            throw;
        }
    }

    private async Task Proven(Logon logon, CancellationToken ct)
    {
        var version = logon.Server.CredentialVersion;
        // Any other call may go over a connection that was logged on before: it tells the directory nothing.
        if (logon.AccountWasRefused && logon.MayBeRefused)
            await limit.Forget(logon.Server.CountedAs, logon.Destination, ct);
        if (logon.IsRescue) await rescue.Worked(logon);
        if (logon.Proof.Worked(version, logon.Decides, WriteEvery))
            await records.Proven(logon.Server.IntegrationId, version, time.GetUtcNow(), ct);
    }

    /// <summary>
    /// In memory at once, so that nothing of this node follows. Null when the refusal is believed: a definite one, of a credential that
    /// did not work a moment ago, or of an account of which too many passwords were refused.
    /// </summary>
    private async Task<CalendarFailure?> Doubt(Logon logon, Exception refusal)
    {
        if (signs.Of(refusal) is not { MayBeOfLoad: true }) return null;
        var server = logon.Server;
        switch (logon.Proof.Refused(server.CredentialVersion, logon.Decides, out var suspicion))
        {
            case RefusedLogon.WasInDoubt:
                return rescue.InDoubt(server, PendingRescue.Pause, refusal);
            case RefusedLogon.IsDoubtful when await limit.WhyHeld(server.UserName, CancellationToken.None) is null:
                return await rescue.Begin(logon, suspicion!, refusal);
            default:
                return null;
        }
    }

    /// <summary>
    /// In memory at once, so that nothing of this node follows; then for everybody. A refusal of a password that an admin has replaced
    /// meanwhile is nobody's any more.
    /// </summary>
    private async Task Open(Logon logon, Error refusal, CancellationToken ct)
    {
        var version = logon.Server.CredentialVersion;
        if (await integrations.Find(logon.Server.IntegrationId, ct) is { } stored && stored.Account.CredentialVersion != version) return;
        if (logon.Proof.WasRefused(version) || logon.MayBeRefused)
        {
            foreach (var other in proofs.Values.Where(p => p.Account == logon.Proof.Account)) other.Doubt();
            await limit.Count(logon.Server.CountedAs, logon.Destination, ct);
        }

        await records.Refused(logon.Server.IntegrationId, version, time.GetUtcNow(), ct);
        await rescue.Refused(logon);
        await integrations.Change(
            logon.Server.IntegrationId,
            now => now.Account.CredentialVersion == version && now.Status is not IntegrationStatus.CredentialRefused
                ? now.LogonRefused(version, refusal)
                : now,
            ct);
    }

    private static CalendarFailure Refused(ServerConnection server) =>
        new(FailureReach.Integration, new CredentialRefused(server.UserName), outcome: CallOutcome.NotSent);
}

/// <summary>Leave to send one request with the integration's credential; disposed when its outcome is known.</summary>
internal sealed class Logon(ServerConnection server, CredentialProof proof, bool isTrial, LogonWish wish) : IAsyncDisposable
{
    public ServerConnection Server { get; } = server;

    public CredentialProof Proof { get; } = proof;

    public bool IsTrial { get; } = isTrial;

    public LogonWish Wish { get; } = wish;

    /// <summary>Where the credential goes.</summary>
    public Uri Destination { get; set; } = server.ServerAddress;

    public bool ByAdmin => Wish is not LogonWish.Due;

    /// <summary>It is not known to work, or an admin wants to know.</summary>
    public bool MayBeRefused => IsTrial || ByAdmin;

    /// <summary>Nothing says that it is right. One that worked a day ago is right, or its predecessor, which locks nothing.</summary>
    public bool IsUnproven => MayBeRefused && !Proof.WorkedOfLate(Server.CredentialVersion);

    /// <summary>It is there to find out whether the credential works.</summary>
    public bool Decides => MayBeRefused || IsRescue;

    /// <summary>The credential was in doubt when this one went.</summary>
    public bool IsRescue { get; set; }

    /// <summary>The right to be the lone call, where it is one.</summary>
    public RescueClaim? Claim { get; set; }

    public DateTimeOffset SentAt { get; private set; }

    /// <summary>Passwords of the account were refused of late: a logon that works ends the count.</summary>
    public bool AccountWasRefused { get; set; }

    /// <summary>A trial that told nothing of the credential leaves the next one to somebody else.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Claim is { } claim) await claim.DisposeAsync();
        }
        finally
        {
            if (IsTrial) Proof.TrialEnded();
        }
    }

    public void IsSent(DateTimeOffset now)
    {
        SentAt = now;
        if (Claim is { } claim) claim.WasSent = true;
    }
}

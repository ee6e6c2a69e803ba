using System.Collections.Concurrent;
using CleanSync.Application.Syncing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Persistence;

namespace CleanSync.Infrastructure.Exchange.Traffic;

/// <summary>
/// Keeps a wrong password from locking the account. The first refused logon stops all traffic of the integration, on every node and over a restart, until
/// an admin gives a new password or authorizes again. A credential that is new, or was not seen to work for ten minutes, goes out in one lone call
/// first, and everybody else waits for its outcome.
/// </summary>
internal sealed class CredentialCircuit(TrafficRecords records, IExchangeIntegrationRepository integrations, TimeProvider time)
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, CredentialProof> proofs = new();

    /// <summary>
    /// Makes one request that carries the credential, outside any gate: for connections that stay open. Throws <see cref="CalendarFailure"/> while the
    /// circuit is open; what the request throws is looked at and thrown on.
    /// </summary>
    public async Task<T> Use<T>(ExchangeIntegration integration, Func<Task<T>> request, CancellationToken ct)
    {
        using var logon = await Enter(integration, byAdmin: false, ct);
        return await Send(logon, request, ct);
    }

    /// <summary>Waits while somebody else tries an unproven credential; throws <see cref="CalendarFailure"/> while the circuit is open.</summary>
    /// <param name="byAdmin">An admin asks for one try with a credential that was refused.</param>
    public async Task<Logon> Enter(ExchangeIntegration integration, bool byAdmin, CancellationToken ct)
    {
        var proof = proofs.GetOrAdd(integration.Id, _ => new CredentialProof(time));
        var version = integration.Account.CredentialVersion;
        if (!proof.IsFresh(version) && await records.Find(integration.Id, TrafficRecords.Whole, ct) is { } stored)
        {
            if (stored.ProvenVersion == version && stored.ProvenAt is { } at) proof.Learn(version, at);
            if (stored.IsRefused && stored.CredentialVersion == version && !byAdmin) throw Refused(integration);
        }

        var isTrial = await proof.Admit(version, byAdmin, ct) ?? throw Refused(integration);
        return new Logon(integration, proof, isTrial, byAdmin);
    }

    /// <summary>To be asked when nothing is left to wait for, right before the request: throws when the circuit has opened meanwhile, here or on another node.</summary>
    public static void Check(Logon logon, TrafficRow? stored)
    {
        var integration = logon.Integration;
        if (logon.ByAdmin || stored is null) return;
        if (stored.IsStill && stored.Status != integration.Status.ToString())
            throw new CalendarFailure(FailureReach.BackOff, (integration with { Status = Enum.Parse<IntegrationStatus>(stored.Status) }).WhyStill!, retryAfter: TimeSpan.Zero) { NothingWasSent = true };
        if (stored.CredentialVersion != integration.Account.CredentialVersion)
            throw new CalendarFailure(FailureReach.BackOff, new ExchangeIsBusy("the password was changed meanwhile"), retryAfter: TimeSpan.Zero) { NothingWasSent = true };
        if (stored.IsRefused || logon.Proof.IsRefused(integration.Account.CredentialVersion)) throw Refused(integration);
    }

    public async Task<T> Send<T>(Logon logon, Func<Task<T>> request, CancellationToken ct)
    {
        try
        {
            var answer = await request();
            await Proven(logon, ct);
            return answer;
        }
        catch (EwsRefusedException answer) when (!RetryMatrix.Wants(answer.ResponseCode, Treatment.RefusesThePassword))
        {
            await Proven(logon, ct);
            throw;
        }
        catch (EwsException failure) when (FaultTranslator.Translate(failure, logon.Integration, null) is { CredentialWasRefused: true } refused)
        {
            await Open(logon, refused.Refusal, CancellationToken.None);
            throw;
        }
    }

    private async Task Proven(Logon logon, CancellationToken ct)
    {
        var version = logon.Integration.Account.CredentialVersion;
        if (logon.Proof.Worked(version, logon.IsTrial, WriteEvery)) await records.Proven(logon.Integration.Id, version, time.GetUtcNow(), ct);
    }

    /// <summary>In memory at once, so that nothing of this node follows; then for everybody.</summary>
    private async Task Open(Logon logon, Error refusal, CancellationToken ct)
    {
        var version = logon.Integration.Account.CredentialVersion;
        logon.Proof.WasRefused(version);
        await records.Refused(logon.Integration.Id, version, time.GetUtcNow(), ct);
        while (await integrations.Find(logon.Integration.Id, ct) is { } integration && integration.Account.CredentialVersion == version)
        {
            if (integration.Status is IntegrationStatus.CredentialRefused || !(await integrations.Save(integration.LogonRefused(version, refusal), ct)).IsRefused) return;
        }
    }

    private static CalendarFailure Refused(ExchangeIntegration integration) =>
        new(FailureReach.Integration, new CredentialRefused(integration.Account.UserName)) { NothingWasSent = true };
}

/// <summary>Leave to send one request with the integration's credential; disposed when its outcome is known.</summary>
internal sealed class Logon(ExchangeIntegration integration, CredentialProof proof, bool isTrial, bool byAdmin) : IDisposable
{
    public ExchangeIntegration Integration { get; } = integration;

    public CredentialProof Proof { get; } = proof;

    public bool IsTrial { get; } = isTrial;

    public bool ByAdmin { get; } = byAdmin;

    /// <summary>A trial that told nothing of the credential leaves the next one to somebody else.</summary>
    public void Dispose()
    {
        if (IsTrial) Proof.TrialEnded();
    }
}

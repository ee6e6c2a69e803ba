using System.Collections.Concurrent;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Traffic;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Traffic.Shares;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// The governor in front of every ordinary call. A call goes out when the credential circuit is closed, no pause that Exchange asked for is
/// left, and it is the mailbox's turn. One that meets a pause is not sent and does not wait: it fails at once and says when to come back.
/// </summary>
internal sealed class TrafficGovernor(
    TrafficRecords records,
    CredentialCircuit circuit,
    LogonRescue rescue,
    ICallSigns signs,
    ICallShares shares,
    SyncOptions options,
    TimeProvider time) : ITrafficView
{
    /// <summary>When to come back to a gate that has no room to wait at.</summary>
    private static readonly TimeSpan NoRoom = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private const string OthersHaveTheCalls = "other nodes hold the calls that the server stands at once";
    private const string TrialIsUnderWay = "a pause has ended, and one call goes alone to see whether the server is well";

    private readonly ConcurrentDictionary<Guid, IntegrationTraffic> all = new();

    /// <param name="mailbox">In lower case; the service account's own name for calls as itself.</param>
    /// <param name="mayBeCut">The call only reads: it may be given up early when others need its place.</param>
    public async Task<T> Send<T>(
        ServerConnection server,
        string mailbox,
        bool mayBeCut,
        LogonWish wish,
        Func<CancellationToken, Task<T>> call,
        CancellationToken ct)
    {
        var traffic = Of(server);
        if (traffic.IsPaused(mailbox, time.GetUtcNow())) await MeetPauses(server, mailbox, ct);
        await using var logon = await circuit.Enter(server, wish, ct);
        await using var turn = await circuit.Turn(logon, ct);
        using var passage = await Enter(server.IntegrationId, traffic, mailbox, mayBeCut, ct)
            ?? throw Held(NoRoom, "slow calls hold all the room that there is for them");
        passage.FailedInTime(); // what is not sent after all makes no mailbox a slow one
        var stored = await records.Find(server, mailbox, ct);
        circuit.Check(logon, stored);
        traffic.Learn(stored, mailbox);
        traffic.ThrowIfPaused(mailbox, time.GetUtcNow());
        await circuit.GoAlone(logon, stored, ct);
        await using var trial = await Trial(server, mailbox, stored, ct);
        await LogonLimit.Demand(turn, ct);
        try
        {
            if (!shares.Covers(server.IntegrationId)) throw Held(LookAgain, OthersHaveTheCalls);
            passage.Sent();
            var answer = await circuit.Send(logon, stop => Cuttable(passage, call, stop), ct);
            passage.Answered();
            var asked = signs.PauseIn(answer);
            await (asked is null ? trial.Succeeded() : trial.Failed());
            if (asked is not null) await ApplyBackOff(server, mailbox, asked, stored);
            else if (stored is { WholeStrikes: not null } or { MailboxStrikes: not null })
                await records.Forget(server.IntegrationId, mailbox, time.GetUtcNow(), ct);
            return answer;
        }
        catch (Exception failure) when (signs.Of(failure) is { } sign)
        {
            if (sign.IsAnswered) passage.Answered();
            else if (!sign.TimedOut) passage.FailedInTime();
            await (sign is { IsUnderstood: true, Pause: null } ? trial.Succeeded() : trial.Failed());
            await ApplyBackOff(server, mailbox, sign.Pause, stored);
            throw;
        }
        catch (CalendarFailure)
        {
            passage.FailedInTime();
            throw;
        }
    }

    /// <summary>
    /// For connections that stay open and so pass no gate: throws while a pause holds for the mailbox or the whole integration, or the call
    /// that goes alone after it has not succeeded.
    /// </summary>
    public async Task MeetPauses(ServerConnection server, string mailbox, CancellationToken ct)
    {
        var stored = await records.Find(server, mailbox, ct);
        var traffic = Of(server);
        traffic.Learn(stored, mailbox);
        traffic.ThrowIfPaused(mailbox, time.GetUtcNow());
        var now = time.GetUtcNow();
        if (stored?.Pauses(mailbox).Any(p => p.TrialIsUnderWay(now) || p.WantsTrial(now)) == true) throw Held(NoRoom, TrialIsUnderWay);
    }

    public async Task LiftPauses(Guid integrationId, CancellationToken ct) =>
        await records.Lift(integrationId, time.GetUtcNow(), ct);

    public async Task<TrafficNow> Of(ServerConnection server, CancellationToken ct)
    {
        var traffic = Of(server);
        var stored = await records.Find(server, TrafficRecords.Whole, ct);
        traffic.Learn(stored, TrafficRecords.Whole);
        var pauses = await records.Pauses(server.IntegrationId, time.GetUtcNow(), ct);
        return new TrafficNow(traffic.Gate.InUse, traffic.Limit, traffic.Setting, traffic.Gate.Waiting, pauses)
        {
            Doubt = rescue.Doubt(server, stored, out var until),
            DoubtUntil = until,
            Warning = await rescue.Warning(server, ct),
        };
    }

    private IntegrationTraffic Of(ServerConnection server)
    {
        var traffic = all.GetOrAdd(server.IntegrationId, id => new IntegrationTraffic(id, shares, time));
        shares.Watch(server.IntegrationId, traffic); // the one that counts: another may have been made beside it
        traffic.Setting = server.UseImpersonation ? options.CallsAtOnce : options.CallsAtOnceAsDelegate;
        return traffic;
    }

    /// <summary>
    /// Waits for a turn at the gate, but not for long where other nodes hold every call: whoever comes back finds one free.
    /// </summary>
    private async Task<CallSlot?> Enter(
        Guid integrationId,
        IntegrationTraffic traffic,
        string mailbox,
        bool mayBeCut,
        CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var entering = traffic.Gate.Enter(mailbox, mayBeCut, patience.Token);
        if (entering.IsCompleted) return await entering;
        shares.Wanted();
        await using var tired = time.CreateTimer(_ => GiveUp(), null, NoRoom, NoRoom);
        try
        {
            return await entering;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Held(LookAgain, OthersHaveTheCalls);
        }

        void GiveUp()
        {
            if (shares.Of(integrationId, traffic.Limit) == 0) patience.Cancel();
        }
    }

    private async Task<TrialCall> Trial(ServerConnection server, string mailbox, TrafficRow? stored, CancellationToken ct) =>
        await TrialCall.Begin(
            records, server.IntegrationId, stored?.Pauses(mailbox) ?? [], options.CallTimeout + options.LeaseMargin, time, ct)
            ?? throw Held(NoRoom, TrialIsUnderWay);

    /// <summary>A call that is cut is a call that was not answered in time.</summary>
    private async Task<T> Cuttable<T>(CallSlot passage, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, passage.CutOff);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException cut) when (passage.IsCut && !ct.IsCancellationRequested)
        {
            throw signs.CutOff(cut);
        }
    }

    /// <summary>
    /// Under impersonation Exchange counts for each mailbox, so only that one waits; under delegate access it counts for the one account,
    /// so all wait. What IIS or a proxy says concerns everybody.
    /// </summary>
    private async Task ApplyBackOff(ServerConnection server, string mailbox, PauseAsked? asked, TrafficRow? stored)
    {
        if (asked is null) return;
        var traffic = Of(server);
        var now = time.GetUtcNow();
        var whole = asked.OfWholeServer || !server.UseImpersonation;
        var strikes = (whole ? stored?.WholeStrikes : stored?.MailboxStrikes) ?? 0;
        var until = now + asked.Span(strikes);
        traffic.Pause(whole ? TrafficRecords.Whole : mailbox, until, asked.Reason, stored?.Lifts ?? 0);
        await records.Pause(
            server.IntegrationId,
            whole ? TrafficRecords.Whole : mailbox,
            now,
            until,
            asked.Reason,
            strikes + 1,
            asked.IsCapped,
            CancellationToken.None);
        if (!asked.LowersLimit) return;
        var granted = CallsGranted.Halved(traffic.Limit);
        traffic.Grant(granted, now);
        await records.Grant(server.IntegrationId, granted, now, CancellationToken.None);
    }

    internal static CalendarFailure Held(TimeSpan wait, string reason) =>
        new(FailureReach.BackOff, new ExchangeIsBusy(reason), retryAfter: wait, outcome: CallOutcome.NotSent);
}

using System.Globalization;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Persistence.Integrations;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// Keeps wrong passwords from locking an account, whoever sends them and to whatever server: two of one account name that were refused, or
/// never answered, and nothing whose password is not known to work is sent for it until half an hour after the second. See
/// docs/adr/0014-pauses-are-kept-for-mailboxes-or-accounts.md.
/// </summary>
internal sealed class LogonLimit(
    RefusedLogons refused,
    IWorkLeases leases,
    ICallSigns signs,
    SyncOptions options,
    TimeProvider time)
    : IDisposable
{
    public const int Most = 2;
    public static readonly TimeSpan Counted = TimeSpan.FromMinutes(30);

    /// <summary>While another node has the turn.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Passwords that are not known to work go out one by one for each name, on this node and among all: several at once would all be sent
    /// before the first is refused.
    /// </summary>
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>
    /// One logon with a password that is not known to work. Throws <see cref="CalendarFailure"/> when it is not sent; what it throws is
    /// looked at and thrown on. What is sent is no longer the caller's to cancel, or the server's word would not be heard.
    /// </summary>
    public async Task<T> Try<T>(
        string userName,
        Uri server,
        bool tryAnyway,
        Func<CancellationToken, Task<T>> logon,
        CancellationToken ct)
    {
        var account = ServiceAccount.CountedName(userName);
        await using var turn = await Turn(account, ct);
        var known = await refused.Find(account, ct);
        if (!tryAnyway) ThrowIfHeld(userName, known?.Refusals, known?.RefusedAt);
        await Demand(turn, ct);
        try
        {
            var answer = await logon(CancellationToken.None);
            if (known is not null) await Forget(account, server, CancellationToken.None);
            return answer;
        }
        catch (Exception failure) when (signs.Of(failure) is { } sign)
        {
            if (sign.RefusesPassword || sign.LeavesPasswordOpen) await Count(account, server, CancellationToken.None);
            else if (sign.IsUnderstood && known is not null) await Forget(account, server, CancellationToken.None);
            throw;
        }
    }

    /// <summary>To be held while a password that is not known to work is judged.</summary>
    public async Task<LogonTurn> Turn(string account, CancellationToken ct)
    {
        var turn = turns[(uint)account.GetHashCode(StringComparison.Ordinal) % turns.Length];
        var span = options.CallTimeout + options.LeaseMargin;
        await turn.WaitAsync(ct);
        try
        {
            WorkLease? lease;
            while ((lease = await leases.TryTake($"logon of {account}", span, ct)) is null) await Task.Delay(AskAgain, time, ct);
            return new LogonTurn(turn, leases, lease, span);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    /// <summary>Throws <see cref="CalendarFailure"/> when another node may have the turn by now.</summary>
    public static async Task Demand(LogonTurn? turn, CancellationToken ct)
    {
        if (turn is null || await turn.Holds(ct)) return;
        throw new CalendarFailure(
            FailureReach.BackOff,
            new ExchangeIsBusy("another node tries a password of the account"),
            retryAfter: AskAgain,
            outcome: CallOutcome.NotSent);
    }

    public Task Count(string account, Uri server, CancellationToken ct) =>
        refused.Add(account, Name(server), time.GetUtcNow(), Counted, ct);

    /// <summary>Ends the count only where a password of the account was refused before: any server may answer that all is well.</summary>
    public Task Forget(string account, Uri server, CancellationToken ct) => refused.Forget(account, Name(server), ct);

    /// <summary>Why nothing may be sent for the account; null when it may.</summary>
    public async Task<TooManyWrongPasswords?> WhyHeld(string userName, CancellationToken ct) =>
        await refused.Find(ServiceAccount.CountedName(userName), ct) is { } known && Until(known.Refusals, known.RefusedAt) is { } until
            ? Refusal(userName, until) : null;

    public void ThrowIfHeld(string userName, int? refusals, DateTimeOffset? refusedAt)
    {
        if (Until(refusals, refusedAt) is not { } until) return;
        var wait = until - time.GetUtcNow();
        throw new CalendarFailure(FailureReach.BackOff, Refusal(userName, until), retryAfter: wait, outcome: CallOutcome.NotSent);
    }

    public void Dispose()
    {
        foreach (var turn in turns) turn.Dispose();
    }

    /// <summary>A time that lies further ahead than the count lasts is of a clock that was wrong, and counts as over.</summary>
    private DateTimeOffset? Until(int? refusals, DateTimeOffset? refusedAt) =>
        refusals >= Most && refusedAt is { } at && (time.GetUtcNow() - at).Duration() < Counted ? at + Counted : null;

    private static string Name(Uri server) => $"{server.IdnHost}:{server.Port}".ToLowerInvariant();

    private static TooManyWrongPasswords Refusal(string userName, DateTimeOffset until) =>
        new(userName, string.Create(CultureInfo.InvariantCulture, $"{until.UtcDateTime:HH:mm:ss} UTC"));
}

/// <summary>Who wants a credential to be sent, and what may hold it back.</summary>
internal enum LogonWish
{
    /// <summary>It is due: not while it counts as refused, and not after too many wrong passwords.</summary>
    Due,

    /// <summary>An admin asks for one try: also with a credential that was refused before.</summary>
    ByAdmin,

    /// <summary>An admin asks for it although the account may be locked by it.</summary>
    Anyway,
}

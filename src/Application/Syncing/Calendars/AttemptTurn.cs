namespace CleanSync.Application.Syncing.Calendars;

/// <summary>Opens a create attempt when its call is about to start and nothing is left to wait for, so that its deadline is the call's own.</summary>
/// <param name="open">Commits the attempt; false when the copy has changed since it was read.</param>
internal sealed class AttemptTurn(IMailboxTurn turn, Func<Task<bool>> open) : IMailboxTurn
{
    public async Task Reserve(CancellationToken ct)
    {
        await turn.Reserve(ct);
        if (!await open()) throw new AttemptWasOvertaken();
    }
}

/// <summary>The copy changed before its create was sent.</summary>
internal sealed class AttemptWasOvertaken() : Exception("The copy changed before its create was sent.");

using CleanSync.Domain;

namespace CleanSync.Application.Syncing.Storing;

internal static class StoreChange
{
    /// <summary>So often is tried what others change at the same time: each time one of them got through.</summary>
    public const int MostTries = 50;

    /// <summary>
    /// Stores what is planned; where a row was changed since it was read, plans anew from what is stored by then, a bounded number of
    /// times.
    /// </summary>
    /// <param name="what">For the refusal when others were faster each time, such as "The link".</param>
    /// <param name="plan">Reads and plans; a refusal ends it, and so does null, when there is nothing to store.</param>
    /// <returns>Done when it is stored, or there was nothing to store.</returns>
    public static async Task<Result> Change(this ISyncStore store, string what, Func<Task<Result<ChangeSet?>>> plan, CancellationToken ct)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var planned = await plan();
            if (planned.Refusal is { } refusal) return refusal;
            if (planned.Value is not { } change || await store.Commit(change, ct)) return Result.Done;
        }

        return new ChangedMeanwhile(what);
    }
}

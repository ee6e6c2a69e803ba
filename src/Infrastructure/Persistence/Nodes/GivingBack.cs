using System.Data.Common;
using CleanSync.Application;

namespace CleanSync.Infrastructure.Persistence.Nodes;

/// <summary>
/// What a node gives back when it stops, so that others need not wait until it ends by itself. A database that is out of reach, or stands
/// still, holds no stop up and fails none.
/// </summary>
internal static class GivingBack
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.5);

    public static async Task Briefly(Func<Task> giveBack)
    {
        try
        {
            await giveBack().WaitAsync(Longest);
        }
        catch (Exception failure) when (failure is StorageFailure or DbException or TimeoutException or ObjectDisposedException)
        {
            // it ends by itself, at the end of its time; a start that failed has closed the database first
        }
    }
}

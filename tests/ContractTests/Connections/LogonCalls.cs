using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Traffic;
using Xunit;

namespace CleanSync.ContractTests.Connections;

internal static class LogonCalls
{
    /// <summary>One call as the account itself, without a probe before it.</summary>
    public static async Task<IReadOnlyList<EwsResult<FolderInfo>>> OpenOwnCalendar(
        CleanSyncSide cleanSync,
        ExchangeIntegration integration) =>
        await cleanSync.Calls.SendAsAccount(
            await cleanSync.Stored(integration), new GetFolder([new FolderRef.Distinguished("calendar", null)]), LogonWish.ByAdmin,
            TestContext.Current.CancellationToken);
}

using Xunit;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>Stories of one office. Each has an application and an Exchange organisation of its own, and all begin alike.</summary>
/// <param name="staff">Who has a mailbox.</param>
public abstract class OfficeStory(params string[] staff) : IAsyncLifetime
{
    /// <summary>Midnight of tomorrow by the real clock, in UTC.</summary>
    private protected static DateTimeOffset Tomorrow => Days.Tomorrow;

    private protected CancellationToken Ct { get; } = TestContext.Current.CancellationToken;

    /// <summary>As it comes, unless the stories need settings, a clock or a data folder of their own.</summary>
    private protected virtual CleanSyncHost Host => field ??= new();

    private protected Organisation Exchange { get; private set; } = null!;

    /// <summary>An admin's.</summary>
    private protected CleanSyncClient Api { get; set; } = null!;

    private protected Guid Integration { get; set; }

    public async ValueTask InitializeAsync()
    {
        Exchange = await Organisation.Start(staff);
        Api = Host.Client(Ct);
        await Begin();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Host.DisposeAsync();
        await Exchange.DisposeAsync();
    }

    /// <summary>What every story begins with: all staff are linked and were read once, unless a class begins with something else.</summary>
    private protected virtual async Task Begin() => Integration = await Api.Begin(Exchange, staff);

    /// <summary>Connected and authorized, with nobody linked.</summary>
    private protected async Task Connect()
    {
        Integration = await Api.Connect(Exchange.Exchange.EwsUrl);
        await Api.Authorize(Integration);
    }
}

using System.Text.RegularExpressions;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Anna's calendar on a node whose store can be broken, and what whoever watches is told of her.</summary>
internal sealed class FaultyOffice : IAsyncDisposable
{
    private readonly CancellationToken ct;
    private BrokenStore? store;

    private FaultyOffice(Organisation exchange, Action<IServiceCollection>? replaced, string firstPause, CancellationToken ct)
    {
        this.ct = ct;
        Exchange = exchange;
        Host = new CleanSyncHost
        {
            Replaced = services =>
            {
                services.AddSingleton<ISyncStore>(p => store = new BrokenStore(ActivatorUtilities.CreateInstance<SyncStore>(p)));
                replaced?.Invoke(services);
            },
        }.With("Sync:FirstPause", firstPause);
        Api = Host.Client(ct);
    }

    public CleanSyncHost Host { get; }

    public Organisation Exchange { get; }

    public CleanSyncClient Api { get; }

    public Guid Integration { get; private set; }

    public BrokenStore SyncStore => store!;

    public static async Task<FaultyOffice> Open(
        CancellationToken ct, Action<IServiceCollection>? replaced = null, string firstPause = "00:01:00")
    {
        var office = new FaultyOffice(await Organisation.Start("anna", "bert"), replaced, firstPause, ct);
        office.Integration = await office.Api.Begin(office.Exchange, "anna");
        return office;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Exchange.DisposeAsync();
    }

    public async Task<StaffCalendarLink> Link() =>
        (await Host.Services.GetRequiredService<IStaffCalendarLinkRepository>().FindByStaff("anna", ct))!;

    /// <summary>What waits for anna's calendar is due, and is pushed.</summary>
    public async Task PushAgain()
    {
        var link = await Link();
        var events = await Host.Services.GetRequiredService<ISyncedEventRepository>().OfLink(link.Id, ct);
        var due = new ChangeSet { Keep = [.. events.Select(e => e with { NextPushAt = TimeProvider.System.GetUtcNow() })] };
        if (!await SyncStore.Commit(due, ct)) throw new InvalidOperationException("A push overtook the test.");
        await Host.Services.GetRequiredService<IMediator>().Send(new PushPendingEvents(link.Id), ct);
    }

    public Task ShowsError(string problem = "unexpected") => Eventually.Until(
        $"the link shows {problem}", async () => await Calendar() == ("Error", problem), ct);

    /// <summary>As anna's calendar shows it.</summary>
    public async Task<(string State, string? Problem)> Calendar()
    {
        var calendar = await Api.Ok(HttpMethod.Get,
            $"staff/anna/calendar?from={Days.Tomorrow:yyyy-MM-dd}T00:00:00Z&to={Days.Tomorrow.AddDays(1):yyyy-MM-dd}T00:00:00Z");
        return (calendar["state"]!.GetValue<string>(), calendar["problem"]?.GetValue<string>());
    }

    /// <summary>The lines for whoever watches, in their order.</summary>
    public List<string> Alerts() =>
    [
        .. Host.Logs.Lines.Where(l => l.StartsWith("Warning CleanSync.Alerts ", StringComparison.Ordinal))
            .Select(l => Regex.Match(l, "(Staff member|Integration) [^=]*$").Value.Trim()),
    ];
}

using CleanSync.Application.Erasures;
using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>What CleanSync does by itself with what an admin's key has left behind, and its notification streams.</summary>
internal sealed class EvilBackground(EvilNetwork network, CleanSyncClient api, CancellationToken ct)
{
    private int Calls => network.Contoso.Exchange.Requests.Calls.Count;

    /// <summary>Jobs, after what gives them something to do where the status allows it. Answers which of them called Exchange.</summary>
    public async Task<IReadOnlyList<string>> Runs(Target target)
    {
        List<string> called = [];
        await api.Send(HttpMethod.Post, $"staff/{target.Staff}/resync");
        await Run(new QueueDueCalendars());
        await Run(new QueueDuePushes());
        await Run(new ReadPasswordExpiries());
        await Run(new ResumeDueIntegrations());
        await Listens();
        await api.Send(HttpMethod.Put, $"staff/{target.Mover}/link", new
        {
            staffName = target.Mover,
            integrationId = target.Id,
            timeZone = "Europe/Berlin",
            mailboxAddress = $"{target.Mover}@evil.example",
        });
        await Run(new QueueCleanUps());
        await AskForDeletion(target.Staff);
        await Run(new QueueCleanUps());
        await api.Send(HttpMethod.Post, "erasures", new { staffId = target.Mover, cancelFuture = true });
        await Run(new ContinueErasures());
        await Run(new DisconnectIntegrations());
        return called;

        async Task Run(IRequest job)
        {
            var before = Calls;
            await network.Host.Send(job, ct);
            if (Calls > before) called.Add(job.GetType().Name);
        }

        async Task Listens()
        {
            var before = Calls;
            await Listen(target);
            if (Calls > before) called.Add("Listening");
        }
    }

    /// <summary>While a pass is at the calendar, where the status allows one, so that the job is left with it.</summary>
    private async Task AskForDeletion(string staff)
    {
        var page = network.Contoso.Exchange.Faults.WithholdNext("SyncFolderItems", Organisation.Address(staff));
        var pass = api.TrySync(staff);
        await Task.WhenAny(pass, page.Reached.WaitAsync(ct));
        await api.Send(HttpMethod.Delete, $"staff/{staff}/link?copies=Remove");
        network.Contoso.Exchange.Faults.Clear();
        page.Release();
        await pass;
    }

    /// <summary>As the integration is stored now: a subscription is asked for, and a stream of one that nobody has.</summary>
    private async Task Listen(Target target)
    {
        await using var scope = network.Host.Services.CreateAsyncScope();
        var integration = (await scope.ServiceProvider.GetRequiredService<IExchangeIntegrationRepository>().Find(target.Id, ct))!;
        foreach (var mailbox in new[] { Organisation.Address(target.Staff), $"{target.Staff}@evil.example" })
        {
            var post = scope.ServiceProvider.GetRequiredService<INotificationChannels>().At(mailbox);
            var subscribed = await Record.ExceptionAsync(() => post.Subscribe(integration.Server, mailbox, "AAMk", ct));
            var listened = await Record.ExceptionAsync(
                async () => await post.Listen(integration.Server, ["nobody-subscribed"], ct).FirstAsync(ct));
            Assert.True(subscribed is null or CalendarFailure, subscribed?.ToString());
            Assert.True(listened is null or CalendarFailure, listened?.ToString());
        }
    }
}

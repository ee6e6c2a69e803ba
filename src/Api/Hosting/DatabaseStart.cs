using CleanSync.Api.ApiKeys;
using CleanSync.Infrastructure;

namespace CleanSync.Api.Hosting;

/// <summary>
/// Brings the database to this version's schema before anything else starts, and after the service manager knows that the program runs: it
/// may take longer than a service manager waits for an answer. Nothing is listened on meanwhile.
/// </summary>
internal sealed class DatabaseStart(IServiceProvider services, ILogger<DatabaseStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await services.MigrateDatabase();
        await services.ReviewSecrets();
        await services.AskForFirstKey(logger);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

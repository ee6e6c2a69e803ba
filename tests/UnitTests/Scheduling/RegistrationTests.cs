using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.Retention;
using CleanSync.Application.Syncing;
using CleanSync.Infrastructure;
using CleanSync.Infrastructure.Scheduling;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.UnitTests.Scheduling;

public sealed class RegistrationTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-").FullName;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_request_has_one_handler_that_the_container_can_make()
    {
        await using var services = Services([]);
        await services.MigrateDatabase();
        foreach (var request in typeof(ApplicationRegistration).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsClass: true }))
        {
            foreach (
                var contract in request.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))
                Assert.Single(services.GetServices(typeof(IRequestHandler<,>).MakeGenericType(request, contract.GenericTypeArguments[0])));
        }
    }

    [Fact]
    public async Task Both_heartbeats_are_scheduled()
    {
        await using var services = Services(new() { ["Scheduling:SyncHeartbeat"] = "1", ["Scheduling:PushInterval"] = "00:00:20" });
        var options = services.GetRequiredService<SchedulingOptions>();
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)), (options.SyncHeartbeat, options.PushInterval));
        Assert.NotNull(await services.GetRequiredService<Quartz.ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_sync_option_can_be_configured()
    {
        var configured = typeof(SyncOptions).GetProperties()
            .Where(p => p.CanWrite)
            .ToDictionary(p => $"Sync:{p.Name}", string? (_) => "17");
        configured["Sync:DeclinedMeetingsBlock"] = "true";
        configured["Sync:LeaseFor"] = "170"; // longer than a call
        await using var services = Services(configured);
        var (read, standard) = (services.GetRequiredService<SyncOptions>(), new SyncOptions());
        Assert.All(
            typeof(SyncOptions).GetProperties().Where(p => p.CanWrite), p => Assert.NotEqual(p.GetValue(standard), p.GetValue(read)));
        Assert.Equal((TimeSpan.FromSeconds(17), 17), (read.CallTimeout, read.ReadBatch));
    }

    [Fact]
    public async Task Without_configuration_the_standards_hold()
    {
        await using var services = Services([]);
        Assert.Equal(new SyncOptions(), services.GetRequiredService<SyncOptions>() with { NodeName = "" }); // each node has a name of its own
        Assert.Equal(
            new ConnectionPolicy(AllowPlainHttp: false, AllowLocalAddresses: false), services.GetRequiredService<ConnectionPolicy>());
        Assert.Empty(Directory.GetFiles(folder)); // nothing is touched before MigrateDatabase
    }

    [Fact]
    public async Task Retention_is_configured_in_whole_days_and_appointments_are_kept_unless_it_is()
    {
        string[] keys =
            ["AppointmentDays", "IdempotencyDays", "SyncRunDays", "RecheckDays", "ConflictDays", "DisconnectionDays", "ErasureDays"];
        await using var services = Services(keys.ToDictionary(k => $"Retention:{k}", string? (_) => "47"));
        var (read, standard) = (services.GetRequiredService<RetentionOptions>(), new RetentionOptions());
        Assert.All(typeof(RetentionOptions).GetProperties().Where(p => p.CanWrite), p => Assert.Equal(47, p.GetValue(read)));
        await using var unset = Services([]);
        Assert.Equal(standard, unset.GetRequiredService<RetentionOptions>());
        Assert.Null(standard.AppointmentDays);
    }

    [Theory]
    [InlineData("AppointmentDays", "29")]
    [InlineData("AppointmentDays", "90.00:00:00")]
    [InlineData("IdempotencyDays", "0")]
    [InlineData("SyncRunDays", "-1")]
    [InlineData("ErasureDays", "36501")]
    public void A_retention_that_is_no_number_of_days_is_refused(string key, string days) =>
        Assert.Contains(
            $"Retention:{key}",
            Assert.Throws<StartRefused>(() => Services(new() { [$"Retention:{key}"] = days })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("CallsAtOnce", "21")]
    [InlineData("CallsAtOnceAsDelegate", "0")]
    public void A_gate_that_no_server_stands_is_refused(string key, string calls) =>
        Assert.Contains(
            "1 to 20", Assert.Throws<StartRefused>(() => Services(new() { [$"Sync:{key}"] = calls })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2", null, 2, 2)]
    [InlineData("2", "60", 2, 60)]
    [InlineData(null, null, 30, 300)]
    public async Task A_poll_interval_alone_holds_for_busy_and_quiet_calendars(string? shortest, string? longest, int busy, int quiet)
    {
        await using var services = Services(new() { ["Sync:PollInterval"] = shortest, ["Sync:LongestPollInterval"] = longest });
        var read = services.GetRequiredService<SyncOptions>();
        Assert.Equal((busy, quiet), ((int)read.PollInterval.TotalSeconds, (int)read.LongestPollInterval.TotalSeconds));
    }

    [Fact]
    public void A_span_that_is_none_is_named() =>
        Assert.Contains(
            "PollInterval",
            Assert.Throws<StartRefused>(() => Services(new() { ["Sync:PollInterval"] = "soon" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_lease_too_short_for_any_call_is_refused() =>
        Assert.Contains(
            "LeaseFor", Assert.Throws<StartRefused>(() => Services(new() { ["Sync:LeaseFor"] = "60" })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Oracle", null, "Expected Sqlite or Postgres")]
    [InlineData("Postgres", null, "Database:ConnectionString is not given")]
    [InlineData("Sqlite", "Host=db;Password=geheim", "Database:ConnectionString is given, and Database:Provider is Sqlite")]
    [InlineData(null, "Host=db;Password=geheim", "Database:ConnectionString is given, and Database:Provider is Sqlite")]
    public void A_database_that_is_half_named_is_refused(string? provider, string? text, string why)
    {
        var refused = Assert.Throws<StartRefused>(
            () => Services(new() { ["Database:Provider"] = provider, ["Database:ConnectionString"] = text }));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_PostgreSQL_the_server_is_named_without_its_password()
    {
        await using var services = Services(new()
        {
            ["Database:Provider"] = "postgres",
            ["Database:ConnectionString"] = "Host=db;Database=calendars;Username=app;Password=geheim",
        });
        Assert.Equal("calendars of the PostgreSQL server db:5432", services.DatabasePlace());
    }

    private ServiceProvider Services(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        settings["Database:Path"] = Path.Combine(folder, "cleansync.db");
        services.AddLogging();
        services.AddApplication();
        services.AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider(validateScopes: true);
    }
}

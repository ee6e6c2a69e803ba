using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Persistence.Postgres;
using CleanSync.Infrastructure.Persistence.Postgres.Nodes;
using CleanSync.Infrastructure.Scheduling.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Singletons;

/// <summary>
/// The scheduler whose jobs run on one of the nodes: a store in the database, apart from the beats that every node has for itself. Its
/// tables are made with the schema. See docs/adr/0025-several-nodes.md for what it does, and what claims and leases do.
/// </summary>
internal static class ClusteredScheduling
{
    private const string Name = "cleansync-singletons";

    /// <summary>A node whose last sign is older than both together is taken for dead, by the other nodes' own clocks.</summary>
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(10), TakenForDead = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A node takes a trigger so long ahead. Below a minute two nodes could both have taken one whose time is changed, and both fire it
    /// for ever.
    /// </summary>
    private static readonly TimeSpan TakenAhead = TimeSpan.FromSeconds(5), ShortestInterval = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddSingletons(this IServiceCollection services, SchedulingOptions options, ClusteredNode node)
    {
        services.Configure<QuartzOptions>(Name, o => o.Scheduling.IgnoreDuplicates = true);
        return services.AddQuartz(Name, quartz =>
        {
            quartz.ConfigureScheduler(o => (o.InstanceId, o.IdleWaitTime) = (node.InstanceId, TakenAhead));
            quartz.UsePersistentStore(store =>
            {
                PostgresSchedulerStore.Use(store, node.ConnectionString);
                store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (CheckIn, TakenForDead));
            });
            Every<DisconnectIntegrationsJob>(quartz, options.IntegrationsHeartbeat);
            Every<ContinueErasuresJob>(quartz, options.ErasuresHeartbeat);
            Every<ReadPasswordExpiriesJob>(quartz, options.PasswordInterval);
            Every<TrimRecordsJob>(quartz, options.RetentionInterval);
        });
    }

    private static void Every<TJob>(IQuartzBuilder quartz, TimeSpan interval)
        where TJob : IJob
    {
        var name = typeof(TJob).Name;
        quartz.ScheduleJob<TJob>(
            trigger => trigger.WithIdentity(name).StartNow().WithSimpleSchedule(
                SimpleScheduleBuilder.Create().WithInterval(interval < ShortestInterval ? ShortestInterval : interval).RepeatForever()),
            job => job.WithIdentity(name));
    }
}

/// <summary>This node in the scheduler's cluster.</summary>
/// <param name="InstanceId">No two nodes have the same: the name and the process.</param>
internal sealed record ClusteredNode(string InstanceId, string ConnectionString)
{
    public static ClusteredNode Of(string nodeName, NodeLife life, PostgresSettings settings) =>
        new($"{nodeName}-{life.Id:N}", settings.Scheduler);
}

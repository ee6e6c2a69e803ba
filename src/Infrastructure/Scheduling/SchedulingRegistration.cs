using CleanSync.Application;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.Infrastructure.Scheduling.Jobs;
using CleanSync.Infrastructure.Scheduling.Singletons;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling;

internal static class SchedulingRegistration
{
    /// <param name="cluster">Where several nodes may work on the database: this one among them; null otherwise.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, SchedulingOptions options, ClusteredNode? cluster)
    {
        services.AddSingleton(options);
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<IClockTrust>(provider => provider.GetRequiredService<ClockWatch>());
        services.AddSingleton<ICautiousClock>(provider => provider.GetRequiredService<ClockWatch>());
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<SoleWork>();
        services.AddHostedService<NodeHeartbeat>(); // the first to start, so the last to stop
        if (cluster is not null)
        {
            services.AddSingleton<ClockComparison>();
            services.AddHostedService<ClockComparisonLoop>();
            services.AddHostedService<NotificationExchangeLoop>();
        }

        if (!options.Enabled) return services;

        services.AddHostedService<ClockLoop>();
        services.AddHostedService<CalendarWorkerLoop>();
        services.AddHostedService<SubscriptionLoop>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o => o.InstanceName = "cleansync");
            quartz.UseInMemoryStore();
            quartz.ScheduleJob<QueueDueCalendarsJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.SyncHeartbeat)));
            quartz.ScheduleJob<QueueDuePushesJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.PushInterval)));
            quartz.ScheduleJob<ResumeDueIntegrationsJob>(
                trigger => trigger.StartNow().WithSimpleSchedule(Every(options.IntegrationsHeartbeat)));
            quartz.ScheduleJob<QueueCleanUpsJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.CleanUpInterval)));
            if (cluster is null) AddSingletons(quartz, options);
        });
        if (cluster is not null) services.AddSingletons(options, cluster);
        return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    /// <summary>Where one node works alone these are beats like the others.</summary>
    private static void AddSingletons(IQuartzBuilder quartz, SchedulingOptions options)
    {
        quartz.ScheduleJob<DisconnectIntegrationsJob>(
            trigger => trigger.StartNow().WithSimpleSchedule(Every(options.IntegrationsHeartbeat)));
        quartz.ScheduleJob<ReadPasswordExpiriesJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.PasswordInterval)));
        quartz.ScheduleJob<ContinueErasuresJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.ErasuresHeartbeat)));
        quartz.ScheduleJob<TrimRecordsJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.RetentionInterval)));
    }

    /// <summary>Counted from the end of the last run: after a long one there are no missed beats to make up for.</summary>
    private static SimpleScheduleBuilder Every(TimeSpan beat) =>
        SimpleScheduleBuilder.Create().WithInterval(beat).RepeatForever().MeasureIntervalFromCompletion();
}

using CleanSync.Application;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.Infrastructure.Scheduling.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling;

internal static class SchedulingRegistration
{
    public static IServiceCollection AddScheduling(this IServiceCollection services, SchedulingOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<IClockTrust>(provider => provider.GetRequiredService<ClockWatch>());
        services.AddSingleton<ICautiousClock>(provider => provider.GetRequiredService<ClockWatch>());
        services.AddSingleton<Heartbeat>();
        services.AddHostedService<NodeHeartbeat>(); // the first to start, so the last to stop
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
            quartz.ScheduleJob<DisconnectIntegrationsJob>(
                trigger => trigger.StartNow().WithSimpleSchedule(Every(options.IntegrationsHeartbeat)));
            quartz.ScheduleJob<QueueCleanUpsJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.CleanUpInterval)));
            quartz.ScheduleJob<ReadPasswordExpiriesJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.PasswordInterval)));
            quartz.ScheduleJob<ContinueErasuresJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.ErasuresHeartbeat)));
            quartz.ScheduleJob<TrimRecordsJob>(trigger => trigger.StartNow().WithSimpleSchedule(Every(options.RetentionInterval)));
        });
        return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    /// <summary>Counted from the end of the last run: after a long one there are no missed beats to make up for.</summary>
    private static SimpleScheduleBuilder Every(TimeSpan beat) =>
        SimpleScheduleBuilder.Create().WithInterval(beat).RepeatForever().MeasureIntervalFromCompletion();
}

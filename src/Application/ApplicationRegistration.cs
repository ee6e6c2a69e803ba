using CleanSync.Application.Appointments;
using CleanSync.Application.AuditLog;
using CleanSync.Application.Erasures;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Pipeline;
using CleanSync.Application.Retention;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Reading;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Application;

public static class ApplicationRegistration
{
    /// <summary>
    /// Registers the use cases. Validators are registered by the host; adapters by AddInfrastructure, read models among them.
    /// </summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(AuditBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddTransient<AuditTrail>();
        services.AddSingleton<ICurrentActor, NobodyElse>();
        services.AddSingleton<DatabaseRestore>();
        services.AddSingleton<INewIds, TimeOrderedIds>();
        services.AddTransient<AppointmentEditing>();
        services.AddTransient<CalendarCheckup>();
        services.AddTransient<PasswordWatch>();
        services.AddTransient<ConnectionTrial>();
        services.AddTransient<ConnectionChange>();
        services.AddSingleton<MailboxLocks>();
        services.AddTransient<CalendarSession>();
        services.AddTransient<LinkFailures>();
        services.AddSingleton<ExceptionStreaks>();
        services.AddTransient<UnresolvedExceptions>();
        services.AddTransient<IntegrationJobs>();
        services.AddTransient<LinkJobs>();
        services.AddSingleton<Alerts>();
        services.AddSingleton<ReviewSignal>();
        services.AddSingleton<NotificationBoard>();
        services.AddSingleton<ListeningLeases>();
        services.AddSingleton<SubscriptionGroups>();
        services.AddSingleton<CalendarQueue>();
        services.AddSingleton<ICalendarQueue>(provider => provider.GetRequiredService<CalendarQueue>());
        services.AddSingleton<SyncMetrics>();
        services.AddSingleton<CalendarWorker>();
        services.AddSingleton<IJitter, RandomJitter>();
        services.AddTransient<NextPass>();
        services.AddTransient<CalendarPass>();
        services.AddSingleton<RestingCursors>();
        services.AddTransient<FullPass>();
        services.AddTransient<IncrementalPass>();
        services.AddTransient<WindowRead>();
        services.AddTransient<PassWindow>();
        services.AddTransient<PageReading>();
        services.AddTransient<BusyTimes>();
        services.AddTransient<CopySearch>();
        services.AddTransient<UnreadableItems>();
        services.AddTransient<PassCommit>();
        services.AddTransient<HeldDeletions>();
        services.AddTransient<CalendarCleanUp>();
        services.AddTransient<GoneCalendars>();
        services.AddTransient<LinkRemoval>();
        services.AddTransient<FirstSyncPreview>();
        services.AddTransient<ItemCleanUp>();
        services.AddTransient<CleanUpProof>();
        services.AddTransient<CalendarDetachment>();
        services.AddTransient<MeetingResponder>();
        services.AddTransient<ItemExplanation>();
        services.AddTransient<EventPush>();
        services.AddTransient<PushReading>();
        services.AddTransient<PushRecord>();
        services.AddTransient<ClientErasure>();
        services.AddTransient<StaffErasure>();
        services.AddTransient<AppointmentRetention>();
        return services.AddRequestHandlersFrom(typeof(ApplicationRegistration).Assembly);
    }

    /// <summary>MediatR 5 has no registration of its own: every closed request handler of an assembly, internal ones too.</summary>
    public static IServiceCollection AddRequestHandlersFrom(this IServiceCollection services, System.Reflection.Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(t => t is { IsAbstract: false, IsInterface: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces()
                .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                services.AddTransient(contract, type);
        }

        return services;
    }
}

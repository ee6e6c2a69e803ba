// Deliberate violations for ModuleRules.
namespace CleanSync.Domain.StaffCalendarLinks.Violations
{
    internal sealed class LinkThatKnowsItsIntegration
    {
        public ExchangeIntegrations.IntegrationSettings? Settings { get; init; }
    }

    internal sealed class LinkThatKnowsSyncing
    {
        public Syncing.SyncStep? Step { get; init; }
    }
}

namespace CleanSync.Application.Appointments.Violations
{
    internal sealed class Neighbour;
}

namespace CleanSync.Application.SyncedEvents.Violations
{
    internal sealed class QueryThatKnowsSyncing
    {
        public Syncing.Queue.ICalendarQueue? Queue { get; init; }
    }

    internal sealed class QueryThatKnowsAnotherModule
    {
        public Appointments.Violations.Neighbour? Neighbour { get; init; }
    }
}

// Deliberate violations for TechnologyRules.
namespace CleanSync.Domain.Violations
{
    internal sealed class DomainThatReadsAFile
    {
        public static string Read() => File.ReadAllText("holidays.txt");
    }
}

namespace CleanSync.Application.Violations
{
    internal sealed class ApplicationThatExports
    {
        public OpenTelemetry.Metrics.MeterProvider? Provider { get; init; }
    }

    internal sealed class ApplicationThatCallsTheWeb
    {
        public HttpClient? Client { get; init; }
    }
}

namespace CleanSync.Api.Violations
{
    internal sealed class ApiThatCallsTheWeb
    {
        public HttpClient? Client { get; init; }
    }
}

namespace CleanSync.Infrastructure.Exchange.Protocol.Violations
{
    internal sealed class ProtocolThatIsFine
    {
        public HttpClient? Client { get; init; }
    }

    internal sealed class ProtocolThatKnowsTheDomain
    {
        public Domain.Result? Result { get; init; }
    }
}

namespace CleanSync.Infrastructure.Exchange.Violations
{
    internal sealed class CallThatCarriesThePassword
    {
        public Domain.ExchangeIntegrations.ExchangeIntegration? Integration { get; init; }
    }

    internal sealed class CallThatIsFine
    {
        public Domain.ExchangeIntegrations.ServerConnection? Server { get; init; }
    }
}

namespace CleanSync.Infrastructure.Violations
{
    internal sealed class AdapterThatSpeaksExchange
    {
        public Exchange.Protocol.Violations.ProtocolThatIsFine? Client { get; init; }
    }

    internal sealed class AdapterThatOpensTheDatabase
    {
        public System.Data.IDbConnection? Connection { get; init; }
    }

    internal sealed class AdapterThatSchedules
    {
        public Quartz.IScheduler? Scheduler { get; init; }
    }
}

namespace CleanSync.Infrastructure.Persistence.Sqlite.Violations
{
    internal sealed class SqliteThatIsFine
    {
        public Microsoft.Data.Sqlite.SqliteConnection? Connection { get; init; }
    }
}

namespace CleanSync.Infrastructure.Persistence.Postgres.Violations
{
    internal sealed class PostgresThatIsFine
    {
        public Npgsql.NpgsqlConnection? Connection { get; init; }
    }
}

namespace CleanSync.Infrastructure.Persistence.Violations
{
    internal sealed class RepositoryThatKnowsSqlite
    {
        public Microsoft.Data.Sqlite.SqliteTransaction? Transaction { get; init; }
    }

    internal sealed class PersistenceThatIsFine
    {
        public System.Data.IDbConnection? Connection { get; init; }
    }
}

namespace CleanSync.Infrastructure.Scheduling.Violations
{
    internal sealed class SchedulingThatIsFine
    {
        public Quartz.IScheduler? Scheduler { get; init; }
    }
}

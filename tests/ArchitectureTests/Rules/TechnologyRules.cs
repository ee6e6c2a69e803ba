using CleanSync.Api.Violations;
using CleanSync.Application.Violations;
using CleanSync.Domain.Violations;
using CleanSync.Infrastructure.Exchange.Protocol.Violations;
using CleanSync.Infrastructure.Exchange.Violations;
using CleanSync.Infrastructure.Persistence.Postgres.Violations;
using CleanSync.Infrastructure.Persistence.Sqlite.Violations;
using CleanSync.Infrastructure.Persistence.Violations;
using CleanSync.Infrastructure.Scheduling.Violations;
using CleanSync.Infrastructure.Violations;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>Each technology has one room.</summary>
internal static class TechnologyRules
{
    private const string Protocol = "CleanSync.Infrastructure.Exchange.Protocol", Sqlite = "CleanSync.Infrastructure.Persistence.Sqlite",
        Postgres = "CleanSync.Infrastructure.Persistence.Postgres";

    /// <summary>Opens a stored password where a connection logs on; notes a refusal in the integration.</summary>
    private static readonly string[] OfIntegrations =
        ["CleanSync.Infrastructure.Exchange.Calls.OpenedPasswords", "CleanSync.Infrastructure.Traffic.CredentialCircuit"];

    public static IEnumerable<Rule> All =>
    [
        new("Domain does no input or output, knows no clock, no MediatR and no package",
            house => Uses(house, t => t.IsIn("CleanSync.Domain"),
                "System.IO",
                "System.Net",
                "System.Data",
                "System.Console",
                "System.Environment",
                "System.TimeProvider",
                "System.Diagnostics.Process",
                "MediatR", "FluentValidation", "Dapper", "Quartz", "Microsoft"),
            () => House.Of(typeof(DomainThatReadsAFile), typeof(DomainThatIsFine)), nameof(DomainThatReadsAFile)),
        new("Application knows no database, no scheduler, no web",
            house => Uses(house, t => t.IsIn("CleanSync.Application"),
                "Dapper",
                "Quartz",
                "System.Data",
                "System.Net",
                "System.IO",
                "Microsoft.Data",
                "Microsoft.AspNetCore",
                "DbUp",
                "Swashbuckle"),
            () => House.Of(typeof(ApplicationThatCallsTheWeb), typeof(ApplicationThatIsFine)), nameof(ApplicationThatCallsTheWeb)),
        new("Exchange.Protocol knows nothing of CleanSync but itself",
            house =>
                house.In(Protocol)
                    .SelectMany(t => t.UsesOf("CleanSync").Where(u => !HouseType.Belongs(u, Protocol)).Select(u => $"{t.Name} uses {u}")),
            () => House.Of(typeof(ProtocolThatKnowsTheDomain), typeof(ProtocolThatIsFine)), nameof(ProtocolThatKnowsTheDomain)),
        new("Exchange's own words stay in Infrastructure.Exchange",
            house => Uses(house, t => !t.IsIn("CleanSync.Infrastructure.Exchange"), Protocol),
            () => House.Of(typeof(AdapterThatSpeaksExchange), typeof(ProtocolThatIsFine)), nameof(AdapterThatSpeaksExchange)),
        new("What calls a server knows its connection, and neither the integration nor its password",
            house => Uses(
                house,
                t => (t.IsIn("CleanSync.Infrastructure.Exchange") || t.IsIn("CleanSync.Infrastructure.Traffic"))
                    && !OfIntegrations.Any(t.IsIn),
                "CleanSync.Domain.ExchangeIntegrations.ExchangeIntegration", "CleanSync.Application.Secrets.ISecretVault"),
            () => House.Of(typeof(CallThatCarriesThePassword), typeof(CallThatIsFine)), nameof(CallThatCarriesThePassword)),
        new("Only Infrastructure.Persistence opens the database",
            house => Uses(house, t => !t.IsIn("CleanSync.Infrastructure.Persistence"), "Dapper", "System.Data", "Microsoft.Data", "Npgsql", "DbUp"),
            () => House.Of(typeof(AdapterThatOpensTheDatabase), typeof(PersistenceThatIsFine)), nameof(AdapterThatOpensTheDatabase)),
        new("Each database is known in its own room only, and statements know no database's room",
            house =>
                Uses(house, t => !t.IsIn(Sqlite), "Microsoft.Data", "SQLitePCL")
                    .Concat(Uses(house, t => !t.IsIn(Postgres), "Npgsql"))
                    .Concat(Uses(house, t => !t.IsIn(Sqlite) && !t.IsIn(Postgres), "DbUp"))
                    .Concat(Uses(house, t => t.IsIn("CleanSync.Infrastructure.Persistence") && !t.IsIn(Sqlite), Sqlite))
                    .Concat(Uses(house, t => t.IsIn("CleanSync.Infrastructure.Persistence") && !t.IsIn(Postgres), Postgres)),
            () => House.Of(
                typeof(RepositoryThatKnowsSqlite),
                typeof(PersistenceThatIsFine),
                typeof(SqliteThatIsFine),
                typeof(PostgresThatIsFine)),
            nameof(RepositoryThatKnowsSqlite)),
        new("Only Infrastructure.Scheduling knows Quartz, and the database's room that has the store of its cluster",
            house => Uses(house, t => !t.IsIn("CleanSync.Infrastructure.Scheduling") && !t.IsIn($"{Postgres}.Nodes"), "Quartz"),
            () => House.Of(typeof(AdapterThatSchedules), typeof(SchedulingThatIsFine)), nameof(AdapterThatSchedules)),
        new("Only Api.Monitoring knows OpenTelemetry",
            house => Uses(house, t => !t.IsIn("CleanSync.Api.Monitoring"), "OpenTelemetry"),
            () => House.Of(typeof(ApplicationThatExports), typeof(ApplicationThatIsFine)), nameof(ApplicationThatExports)),
        // The exception is a command that asks the server beside it, on this machine, for its metrics.
        new("Only Infrastructure.Exchange calls the web",
            house =>
                Uses(
                    house,
                    t => !t.IsIn("CleanSync.Infrastructure.Exchange") && !t.IsIn("CleanSync.Api.Support.OwnMetrics"),
                    "System.Net.Http.HttpClient",
                    "System.Net.Http.SocketsHttpHandler",
                    "System.Net.Http.IHttpClientFactory"),
            () => House.Of(typeof(ApiThatCallsTheWeb), typeof(ProtocolThatIsFine)), nameof(ApiThatCallsTheWeb)),
    ];

    private static IEnumerable<string> Uses(House house, Func<HouseType, bool> who, params string[] what) =>
        house.Types.Where(who)
            .Select(t => (t.Name, Used: t.UsesOf(what).ToList()))
            .Where(t => t.Used.Count > 0)
            .Select(t => $"{t.Name} uses {string.Join(", ", t.Used)}");
}

using CleanSync.Api.Violations;
using CleanSync.Application.Violations;
using CleanSync.Domain.Violations;
using CleanSync.Infrastructure.Traffic.Violations;
using CleanSync.Infrastructure.Violations;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>Api → Application → Domain; Infrastructure → Application and Domain.</summary>
internal static class LayerRules
{
    private const string Domain =
        "CleanSync.Domain", Application = "CleanSync.Application", Infrastructure = "CleanSync.Infrastructure", Api = "CleanSync.Api";

    private const string Exchange = $"{Infrastructure}.Exchange";
    private static readonly string[] Rooms = [$"{Infrastructure}.Traffic", $"{Infrastructure}.Network", $"{Infrastructure}.Security"];

    public static IEnumerable<Rule> All =>
    [
        new("Domain knows no other layer", house => Knows(house, Domain, Application, Infrastructure, Api),
            () => House.Of(typeof(DomainThatKnowsApplication), typeof(DomainThatIsFine)), nameof(DomainThatKnowsApplication)),
        new("Application knows Domain only", house => Knows(house, Application, Infrastructure, Api),
            () => House.Of(typeof(ApplicationThatKnowsInfrastructure), typeof(ApplicationThatIsFine)),
            nameof(ApplicationThatKnowsInfrastructure)),
        new("Infrastructure does not know Api", house => Knows(house, Infrastructure, Api),
            () => House.Of(typeof(InfrastructureThatKnowsApi), typeof(SomeAdapter)), nameof(InfrastructureThatKnowsApi)),
        new("Traffic, Network and Security know no kind of server", house => Rooms.SelectMany(room => Knows(house, room, Exchange)),
            () => House.Of(typeof(TrafficThatKnowsExchange), typeof(TrafficThatIsFine)), nameof(TrafficThatKnowsExchange)),
        new("Api touches Infrastructure only through InfrastructureRegistration", ApiTouches,
            () => House.Of(typeof(ApiThatKnowsAnAdapter), typeof(ApiThatRegisters)), nameof(ApiThatKnowsAnAdapter)),
    ];

    private static IEnumerable<string> Knows(House house, string layer, params string[] forbidden) =>
        house.In(layer).SelectMany(t => t.UsesOf(forbidden).Select(u => $"{t.Name} uses {u}"));

    private static IEnumerable<string> ApiTouches(House house) => house.Types
        .Where(t => t.IsIn(Api) || t.IsIn("Program"))
        .SelectMany(t => t.UsesOf(Infrastructure).Where(u => u != $"{Infrastructure}.InfrastructureRegistration")
            .Select(u => $"{t.Name} uses {u}"));
}

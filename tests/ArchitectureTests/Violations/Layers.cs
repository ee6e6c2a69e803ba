// Deliberate violations for LayerRules. The namespaces are those of the product; the assembly is the tests'.
namespace CleanSync.Infrastructure.Violations
{
    internal sealed class SomeAdapter;

    internal sealed class InfrastructureThatKnowsApi
    {
        public Api.Violations.ApiThatRegisters? Endpoint { get; init; }
    }
}

namespace CleanSync.Infrastructure.Exchange.Violations
{
    internal sealed class SomeProtocol;
}

namespace CleanSync.Infrastructure.Traffic.Violations
{
    internal sealed class TrafficThatIsFine
    {
        public Infrastructure.Violations.SomeAdapter? Adapter { get; init; }
    }

    internal sealed class TrafficThatKnowsExchange
    {
        public Exchange.Violations.SomeProtocol? Protocol { get; init; }
    }
}

namespace CleanSync.Domain.Violations
{
    internal sealed class DomainThatIsFine;

    internal sealed class DomainThatKnowsApplication
    {
        public static async Task<object> Inside()
        {
            await Task.Yield();
            return new Application.Violations.ApplicationThatIsFine(); // in a method's body, behind an await
        }
    }
}

namespace CleanSync.Application.Violations
{
    internal sealed class ApplicationThatIsFine
    {
        public Domain.Violations.DomainThatIsFine? Known { get; init; }
    }

    internal sealed class ApplicationThatKnowsInfrastructure
    {
        public Infrastructure.Violations.SomeAdapter? Adapter { get; init; }
    }
}

namespace CleanSync.Api.Violations
{
    internal sealed class ApiThatRegisters
    {
        public static Type Registers => typeof(Infrastructure.InfrastructureRegistration);
    }

    internal sealed class ApiThatKnowsAnAdapter
    {
        public static Func<object> Make() => () => new Infrastructure.Violations.SomeAdapter(); // in a lambda
    }
}

// Deliberate violations for ShapeRules.
namespace CleanSync.Infrastructure.Violations
{
    public sealed class PublicAdapter;
}

namespace CleanSync.Api.Violations
{
    public static class PublicEndpoints;

    public sealed record PublicRequest(string Title);
}

namespace CleanSync.Domain.Violations
{
    public class OpenClass;
}

namespace CleanSync.Application.Violations
{
    internal sealed class AppointmentManager;
}

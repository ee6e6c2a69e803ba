// Deliberate violations for StateRules.
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Violations
{
    internal sealed class UseCaseThatSwitchesOff
    {
        public static IEnumerable<StaffCalendarLink> Off(IEnumerable<StaffCalendarLink> links) =>
            links.Select(link => link.SwitchedOff(removesCopies: false));
    }

    internal sealed class UseCaseThatPausesByHand
    {
        public static IEnumerable<ExchangeIntegration> Paused(IEnumerable<ExchangeIntegration> integrations) =>
            integrations.Select(integration => integration with { LifeCycle = new LifeCycle.Draft() });
    }
}

namespace CleanSync.Infrastructure.Violations
{
    internal sealed record LinkViolationRow(Guid Id)
    {
        public StaffCalendarLink ToLink() => new() { Id = Id, StaffId = "", StaffName = "", IntegrationId = Id, TimeZone = "" };
    }
}

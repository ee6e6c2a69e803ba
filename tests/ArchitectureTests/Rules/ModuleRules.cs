using CleanSync.Application.SyncedEvents.Violations;
using CleanSync.Domain.StaffCalendarLinks.Violations;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>Which module may know which, inside Domain and inside Application.</summary>
internal static class ModuleRules
{
    /// <summary>A line: each module may know those before it.</summary>
    private static readonly string[] Line =
        ["ApiKeys", "ExchangeIntegrations", "StaffCalendarLinks", "SyncedEvents", "Appointments", "Syncing", "Erasures"];

    /// <summary>
    /// Application.Syncing holds the ports and the passes, so every module may use it; Traffic, Secrets and Idempotency are for those that
    /// show or use them. Beyond that a use case knows no other module.
    /// </summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ExchangeIntegrations"] = ["Syncing", "Traffic", "Secrets"],
        ["StaffCalendarLinks"] = ["Syncing"],
        ["SyncedEvents"] = ["Syncing", "Traffic"],
        ["Appointments"] = ["Syncing", "Traffic", "Idempotency"],
        ["Syncing"] = ["Traffic", "Idempotency"],
        ["Traffic"] = [],
        ["Secrets"] = [],
        ["Idempotency"] = [],
        ["ApiKeys"] = [],
        ["AuditLog"] = ["Syncing"],
        ["Erasures"] = ["Syncing", "Appointments", "AuditLog"],
        ["Retention"] = ["Syncing"],
        ["Support"] = [],
        ["Pipeline"] = [],
    };

    public static IEnumerable<Rule> All =>
    [
        new("Domain's modules form a line: ApiKeys, ExchangeIntegrations, StaffCalendarLinks, SyncedEvents, Appointments, Syncing, Erasures",
            DomainLine,
            () => House.Of(typeof(LinkThatKnowsSyncing), typeof(LinkThatKnowsItsIntegration)), nameof(LinkThatKnowsSyncing)),
        new("Application's modules know Syncing, and each other only where the table says so", ApplicationTable,
            () => House.Of(typeof(QueryThatKnowsAnotherModule), typeof(QueryThatKnowsSyncing)), nameof(QueryThatKnowsAnotherModule)),
    ];

    private static IEnumerable<string> DomainLine(House house)
    {
        foreach (var type in house.In("CleanSync.Domain").Where(t => Module(t.Name) is not null))
        {
            var place = Array.IndexOf(Line, Module(type.Name));
            if (place < 0) yield return $"{type.Name} is in a module without a place in the line";
            foreach (var used in type.UsesOf("CleanSync.Domain").Where(u => Array.IndexOf(Line, Module(u)) > place))
            {
                yield return $"{type.Name} uses {used}";
            }
        }
    }

    private static IEnumerable<string> ApplicationTable(House house)
    {
        foreach (var type in house.In("CleanSync.Application").Where(t => Module(t.Name) is not null))
        {
            var module = Module(type.Name)!;
            if (!Allowed.TryGetValue(module, out var allowed))
            {
                yield return $"{type.Name} is in a module that the table does not name";
                continue;
            }

            string[] known = [$"CleanSync.Application.{module}", .. allowed.Select(a => $"CleanSync.Application.{a}")];
            foreach (var used in type.UsesOf("CleanSync.Application")
                .Where(u => Module(u) is not null && !known.Any(k => HouseType.Belongs(u, k))))
                yield return $"{type.Name} uses {used}";
        }
    }

    /// <summary>The third word of the namespace; null for what stands at the root of its layer.</summary>
    private static string? Module(string fullName) => fullName.Split('.') is { Length: > 3 } words ? words[2] : null;
}

using CleanSync.Application.Violations;
using MediatR;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>Commands and queries: verb phrases, each answered by exactly one handler.</summary>
internal static class RequestRules
{
    /// <summary>The verbs of the product; a new one is added here, so that a noun is noticed.</summary>
    private static readonly string[] Verbs =
    [
        "Authorize", "Book", "Cancel", "Change", "Check", "Confirm", "Connect", "Decide", "Delete", "Diagnose", "Disconnect", "Discover", "Enable", "Explain", "Export", "Find", "Finish", "Forget",
        "Get", "Import", "Keep", "Link", "List", "Move", "Pause", "Preview", "Push", "Put", "Read", "Recheck", "Reject", "Release", "Remove", "Replace", "Respond", "Restore",
        "Resume", "Resync", "Revoke", "Search", "Show", "Sync", "Test", "Unlink", "Watch",
    ];

    public static IEnumerable<Rule> All =>
    [
        new("Every request is a record",
            house => Requests(house).Where(t => !ShapeRules.IsRecord(t.Type)).Select(t => $"{t.Name} is not a record"),
            () => House.Of(typeof(GetClass), typeof(GetRecord)), nameof(GetClass)),
        new("Every request begins with a verb",
            house => Requests(house).Where(t => !Verbs.Any(v => Begins(t.Type.Name, v))).Select(t => $"{t.Name} does not begin with one of the verbs in RequestRules"),
            () => House.Of(typeof(Calendar), typeof(GetRecord)), nameof(Calendar)),
        new("Every request has exactly one handler, in Application or Infrastructure",
            house => Requests(house).Select(r => (r.Name, Handlers: HandlersOf(r.Type, house).ToList())).Where(r => r.Handlers.Count != 1)
                .Select(r => $"{r.Name} has {r.Handlers.Count} handlers {string.Join(", ", r.Handlers)}".TrimEnd()),
            () => House.Of(typeof(GetRecord), typeof(GetRecord.Handler), typeof(GetNothing)), nameof(GetNothing)),
    ];

    private static IEnumerable<HouseType> Requests(House house) =>
        house.Types.Where(t => t.Type is { IsAbstract: false, IsInterface: false } && typeof(IBaseRequest).IsAssignableFrom(t.Type));

    private static IEnumerable<string> HandlersOf(Type request, House house) => house.Types
        .Where(t => t.IsIn("CleanSync.Application") || t.IsIn("CleanSync.Infrastructure"))
        .SelectMany(t => t.Type.GetInterfaces()
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && i.GetGenericArguments()[0] == request)
            .Select(_ => t.Name));

    private static bool Begins(string name, string verb) =>
        name.StartsWith(verb, StringComparison.Ordinal) && name.Length > verb.Length && char.IsUpper(name[verb.Length]);
}

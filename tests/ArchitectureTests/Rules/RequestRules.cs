using CleanSync.Application;
using CleanSync.Application.Violations;
using MediatR;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>Commands and queries: verb phrases, each answered by exactly one handler.</summary>
internal static class RequestRules
{
    /// <summary>The verbs of the product; a new one is added here, so that a noun is noticed.</summary>
    private static readonly string[] Verbs =
    [
        "Authorize",
        "Book",
        "Cancel",
        "Change",
        "Check",
        "Clean",
        "Confirm",
        "Connect",
        "Continue",
        "Create",
        "Decide",
        "Delete",
        "Diagnose",
        "Disconnect",
        "Discover",
        "Enable",
        "Erase",
        "Explain",
        "Export",
        "Find",
        "Finish",
        "Forget",
        "Get",
        "Import",
        "Keep",
        "Lift",
        "Link",
        "List",
        "Move",
        "Pause", "Preview", "Push", "Put", "Queue", "Read", "Recheck", "Reject", "Release", "Remove", "Replace", "Respond", "Restore",
        "Resume", "Resync", "Revoke", "Rotate", "Search", "Show", "Sync", "Test", "Trim", "Unlink", "Watch", "Work",
    ];

    /// <summary>Verbs of requests that change nothing.</summary>
    private static readonly string[] Reading = ["Explain", "Get", "List", "Find", "Read", "Search", "Show", "Export"];

    /// <summary>What the API sends and the audit log leaves out, with the reason.</summary>
    private static readonly Dictionary<string, string> NoAdminAction = new()
    {
        ["BookAppointment"] = "a scheduler's daily work; the appointment is its own record",
        ["MoveAppointment"] = "a scheduler's daily work",
        ["ChangeAppointmentDetails"] = "a scheduler's daily work, with clients' details",
        ["ChangeAppointmentStaff"] = "a scheduler's daily work",
        ["CancelAppointment"] = "a scheduler's daily work",
        ["RespondToMeeting"] = "a staff member's own answer",
        ["SyncStaffCalendar"] = "does now what the schedule does anyway, and decides nothing",
    };

    public static IEnumerable<Rule> All =>
    [
        new("Every request is a record",
            house => Requests(house).Where(t => !ShapeRules.IsRecord(t.Type)).Select(t => $"{t.Name} is not a record"),
            () => House.Of(typeof(GetClass), typeof(GetRecord)), nameof(GetClass)),
        new("Every request begins with a verb",
            house =>
                Requests(house).Where(t => !Verbs.Any(v => Begins(t.Type.Name, v)))
                    .Select(t => $"{t.Name} does not begin with one of the verbs in RequestRules"),
            () => House.Of(typeof(Calendar), typeof(GetRecord)), nameof(Calendar)),
        new("Every request has exactly one handler, in Application or Infrastructure",
            house => Requests(house).Select(r => (r.Name, Handlers: HandlersOf(r.Type, house).ToList())).Where(r => r.Handlers.Count != 1)
                .Select(r => $"{r.Name} has {r.Handlers.Count} handlers {string.Join(", ", r.Handlers)}".TrimEnd()),
            () => House.Of(typeof(GetRecord), typeof(GetRecord.Handler), typeof(GetNothing)), nameof(GetNothing)),
        new("Every request that the API sends to change something is an IAdminAction, or has a reason not to be",
            house =>
                SentByApi(house).Where(t => !Reading.Any(v => Begins(t.Type.Name, v)) && !typeof(IAdminAction)
                    .IsAssignableFrom(t.Type) && !NoAdminAction.ContainsKey(t.Type.Name))
                .Select(t => $"{t.Name} does not carry IAdminAction, so the audit log would miss it"),
            () => House.Of(typeof(Api.Violations.SomeEndpoints), typeof(DeleteSomething), typeof(ChangeSomething), typeof(GetRecord)),
            nameof(DeleteSomething)),
    ];

    private static IEnumerable<HouseType> Requests(House house) =>
        house.Types.Where(t => t.Type is { IsAbstract: false, IsInterface: false } && typeof(IBaseRequest).IsAssignableFrom(t.Type));

    private static IEnumerable<HouseType> SentByApi(House house)
    {
        var used = house.In("CleanSync.Api").SelectMany(t => t.Uses).ToHashSet(StringComparer.Ordinal);
        return Requests(house).Where(r => used.Contains(r.Name));
    }

    private static IEnumerable<string> HandlersOf(Type request, House house) => house.Types
        .Where(t => t.IsIn("CleanSync.Application") || t.IsIn("CleanSync.Infrastructure"))
        .SelectMany(t => t.Type.GetInterfaces()
            .Where(
                i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && i.GetGenericArguments()[0] == request)
            .Select(_ => t.Name));

    private static bool Begins(string name, string verb) =>
        name.StartsWith(verb, StringComparison.Ordinal) && name.Length > verb.Length && char.IsUpper(name[verb.Length]);
}

using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CleanSync.Api.OpenApi;

/// <summary>Modules and operations in the order in which a newcomer needs them.</summary>
internal sealed class OperationOrder : IDocumentFilter
{
    /// <summary>From the first look to the goodbye. What is not named here follows as it stands in the code.</summary>
    private static readonly string[] Journey =
    [
        "listExchangeVersions",
        "discoverServer",
        "diagnoseConnection",
        "connectExchange",
        "getIntegration",
        "diagnoseIntegration",
        "previewIntegration",
        "authorizeIntegration",
        "testIntegration", "getTraffic", "liftPauses", "getManualSyncing", "listHeldDeletionsOfIntegration", "listRemovalsOfIntegration",
        "resyncIntegration", "pauseIntegration", "resumeIntegration", "changePassword",
        "discoverServerAgain", "disconnectExchange", "getDisconnection", "finishDisconnecting",
        "putStaffLink", "listStaffLinks", "getStaffLink", "enableStaffLink", "deleteStaffLink", "recheckStaffLink", "recheckIntegration",
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Exchange integrations", Description = "Connections to Exchange, each through one service account." },
            new() { Name = "Staff calendar links", Description = "Whose calendars are kept the same, and how each is doing." },
            new() { Name = "Appointments", Description = "Bookings, and how far their copies have got in Outlook." },
            new() { Name = "Staff calendars", Description = "What a staff member's time looks like on both sides." },
            new() { Name = "API keys", Description = "Who may call, and as what." },
            new() { Name = "Audit log", Description = "What admins did." },
            new() { Name = "Erasures", Description = "Personal data of clients and staff members, taken out for good." },
            new() { Name = "Problems", Description = "What can go wrong, by stable name." },
            new() { Name = "Health", Description = "For a load balancer or an orchestrator; open." },
        };
        var paths = new OpenApiPaths();
        foreach (var (path, item) in swaggerDoc.Paths.OrderBy(p => Place(p.Value))) paths.Add(path, item);
        swaggerDoc.Paths = paths;
    }

    /// <summary>Operations of one address stand together, where the first of them belongs.</summary>
    private static int Place(IOpenApiPathItem path) => path.Operations!.Values
        .Select(o => Array.IndexOf(Journey, o.OperationId)).Select(at => at < 0 ? Journey.Length : at).Min();
}

using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CleanSync.Api.OpenApi;

/// <summary>The modules in the order in which a newcomer needs them.</summary>
internal sealed class Chapters : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.Tags = new HashSet<OpenApiTag>
    {
        new() { Name = "Exchange integrations", Description = "Connections to Exchange, each through one service account." },
        new() { Name = "Staff calendar links", Description = "Whose calendars are kept the same, and how each is doing." },
        new() { Name = "Appointments", Description = "Bookings, and how far their copies have got in Outlook." },
        new() { Name = "Staff calendars", Description = "What a staff member's time looks like on both sides." },
        new() { Name = "API keys", Description = "Who may call, and as what." },
        new() { Name = "Audit log", Description = "What admins did." },
        new() { Name = "Problems", Description = "What can go wrong, by stable name." },
        new() { Name = "Health", Description = "For a load balancer or an orchestrator; open." },
    };
}

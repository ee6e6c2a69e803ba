using System.Text.Json.Nodes;
using CleanSync.Api.Parsing;
using CleanSync.Api.Security;
using CleanSync.Api.Startup;
using CleanSync.Application;
using CleanSync.Domain;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using HttpJson = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace CleanSync.Api.OpenApi;

/// <summary>
/// The OpenAPI document and Swagger UI. Both are open, unless a setting takes both away; the calls made from the page need the key.
/// </summary>
internal static class OpenApiRegistration
{
    public const string DocumentName = "v1";

    private const string Page = "/swagger";

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc(DocumentName, new OpenApiInfo { Title = "CleanSync API", Version = Product.Version, Description = Description });
            o.AddServer(new OpenApiServer { Url = "/", Description = "This installation" });
            o.AddSecurityDefinition(ApiKeyAuthentication.SchemeName, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyAuthentication.Header,
                Description =
                    "The first key is made on the server: `dotnet CleanSync.Api.dll keys create --name \"first admin\" --role admin`. Further ones: `POST /api/v1/api-keys`.",
            });
            o.AddSecurityDefinition(Credentials.Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token of the OpenID Connect issuer, where one is configured.",
            });
            foreach (var layer in new[] { typeof(OpenApiRegistration), typeof(ApplicationRegistration), typeof(Error) })
            {
                o.IncludeXmlComments(layer.Assembly);
            }
            o.OperationFilter<OperationDetails>();
            o.SchemaFilter<ExactShapes>();
            o.DocumentFilter<OperationOrder>();
            o.MapType<Instant>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });
            o.MapType<JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
            o.MapType<IfMatch>(() => new OpenApiSchema { Type = JsonSchemaType.String });
        });
        // Swashbuckle would read the options of MVC, which is not used here.
        services.AddTransient<ISerializerDataContractResolver>(provider =>
            new JsonSerializerDataContractResolver(provider.GetRequiredService<IOptions<HttpJson>>().Value.SerializerOptions));
        return services;
    }

    /// <summary>Whether anybody may read the document and the page.</summary>
    public static bool IsPublished(IConfiguration configuration) =>
        Settings.Read("Swagger", key => configuration[key], new SwaggerOptions()).Enabled;

    public static bool IsItsAddress(PathString path) => path.StartsWithSegments(Page, StringComparison.Ordinal);

    public static void MapOpenApiDocument(this WebApplication app)
    {
        if (!IsPublished(app.Configuration)) return;
        var document = new PublishedDocument(app.Services);
        app.MapGet($"{Page}/{DocumentName}/swagger.json", (Delegate)document.Answer).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/", () => Results.Redirect(Page)).AllowAnonymous().ExcludeFromDescription();
    }

    public static void UseSwaggerPage(this WebApplication app)
    {
        if (!IsPublished(app.Configuration)) return;
        app.UseSwaggerUI(o =>
        {
            o.SwaggerEndpoint($"{DocumentName}/swagger.json", "CleanSync API v1");
            o.DocumentTitle = "CleanSync API";
            o.EnablePersistAuthorization();
            o.EnableTryItOutByDefault();
            o.EnableDeepLinking();
            o.DisplayRequestDuration();
            o.DefaultModelsExpandDepth(-1);
            o.HeadContent = SwaggerLook.Head;
        });
    }

    private const string Description = """
        Keeps staff calendars the same in a booking product and in Microsoft Exchange.

        **To begin:**

        1. Make the first key on the server: `dotnet CleanSync.Api.dll keys create --name "first admin" --role admin`. It is shown once.
        2. Choose **Authorize** on this page and enter it.
        3. `POST /api/v1/server-discoveries` finds the address of your Exchange, if you do not know it.
        4. `POST /api/v1/integrations` saves the connection, and answers with its `id`. Nothing is sent yet.
        5. `POST /api/v1/integrations/{id}/diagnosis` says what is wrong, if anything is, and the command that mends it.
        6. `PUT /api/v1/staff/{staffId}/link` names each staff member's mailbox. From then on the diagnosis tries the rights on their calendars, too.
        7. `POST /api/v1/integrations/{id}/preview` says what the first sync will do, without doing it.
        8. `POST /api/v1/integrations/{id}/authorize` starts it, and `GET /api/v1/staff` shows how each staff member is doing.

        **Roles:** an admin may everything; a scheduler appointments, calendars and answers to meetings; staff their own calendar. Each operation says who may.

        **Times** are ISO 8601 with their offset from UTC, such as `2026-12-07T09:30:00+01:00`; answers are in UTC. Time zones are IANA or Windows ids.

        **Problems** are `application/problem+json` (RFC 9457) with a stable `type`; `GET /api/v1/problems` lists every type. Fields that CleanSync
        does not know are refused, so that a misspelt one is not lost.

        **Limits:** one key or token may make 12,000 calls a minute unless the installation says otherwise; beyond that the answer is 429, and its `Retry-After`
        says in how many seconds to go on. HEAD and OPTIONS may be sent to every address that takes GET.

        **Versions:** an answer's `ETag` sent back as `If-Match` refuses a change (412) when somebody else was faster. Repeating a booking with its
        `Idempotency-Key` never books twice.
        """;
}

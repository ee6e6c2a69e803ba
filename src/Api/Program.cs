using CleanSync.Api;
using CleanSync.Api.ApiKeys;
using CleanSync.Api.Appointments;
using CleanSync.Api.AuditLog;
using CleanSync.Api.ExchangeIntegrations;
using CleanSync.Api.Health;
using CleanSync.Api.OpenApi;
using CleanSync.Api.Security;
using CleanSync.Api.StaffCalendarLinks;
using CleanSync.Api.SyncedEvents;
using CleanSync.Api.Wire;
using CleanSync.Application;
using CleanSync.Infrastructure;
using FluentValidation;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    // Started from elsewhere, the settings still stand beside the program.
    ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory,
});
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 256 * 1024;
});

if (OpenApiVerb.IsAsked(args)) OpenApiVerb.Quieten(builder.Configuration);

var services = builder.Services;
services.AddApplication();
services.AddInfrastructure(builder.Configuration, besideServer: KeysVerb.IsAsked(args));
services.AddValidatorsFromAssembly(typeof(ApplicationRegistration).Assembly, includeInternalTypes: true);
services.AddWireJson();
services.AddProblems();
services.AddCallers(builder.Configuration, builder.Environment);
services.AddOpenApiDocument();
if (KeysVerb.IsAsked(args)) KeysVerb.Quieten(builder);

var app = builder.Build();
if (KeysVerb.IsAsked(args)) return await KeysVerb.Run(app.Services, args, Console.Out, Console.Error);

app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UseProblems();
app.UseOpenApiDocument();
app.UseAuthentication();
app.UseAccessControl();

app.MapGet("/", () => Results.Redirect("/swagger")).AllowAnonymous().ExcludeFromDescription();
app.MapHealth();
var api = app.MapGroup("/api/v1");
api.MapDiscovery();
api.MapExchangeIntegrations();
api.MapManualSyncing();
api.MapIntegrationLife();
api.MapIntegrationStaff();
api.MapDiagnosis();
api.MapStaffCalendarLinks();
api.MapRechecks();
api.MapSyncedEvents();
api.MapSyncExplanation();
api.MapAppointments();
api.MapRemovals();
api.MapApiKeys();
api.MapAuditLog();
api.MapProblems();

if (OpenApiVerb.IsAsked(args))
{
    await OpenApiVerb.Write(app, args[1]);
    return 0;
}

try
{
    await app.Services.MigrateDatabase();
    await app.Services.ReviewSecrets();
}
catch (StartRefused refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}

await app.AskForFirstKey();
app.AnnounceSwagger();
await app.RunAsync();
return 0;

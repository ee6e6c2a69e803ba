using CleanSync.Api;
using CleanSync.Api.ApiKeys;
using CleanSync.Api.Appointments;
using CleanSync.Api.AuditLog;
using CleanSync.Api.Erasures;
using CleanSync.Api.ExchangeIntegrations;
using CleanSync.Api.ExchangeIntegrations.Diagnoses;
using CleanSync.Api.ExchangeIntegrations.Discovery;
using CleanSync.Api.Health;
using CleanSync.Api.Hosting;
using CleanSync.Api.Monitoring;
using CleanSync.Api.OpenApi;
using CleanSync.Api.Parsing;
using CleanSync.Api.Security;
using CleanSync.Api.StaffCalendarLinks;
using CleanSync.Api.Startup;
using CleanSync.Api.SyncedEvents;
using CleanSync.Application;
using CleanSync.Infrastructure;
using FluentValidation;

StartFault.TellInOneLine();
var line = CommandLine.Read(args);
if (line.Answer is { } answer)
{
    Console.WriteLine(answer);
    return 0;
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = [.. line.Settings],
    // Started from elsewhere, the settings still stand beside the program.
    ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory,
});
builder.WebHost.ConfigureKestrel(RequestLimits.Configure);
builder.Logging.AddLogLines();

KnownSettings.RefuseUnknown(builder.Configuration, line.Keys);
ServiceFolder.Anchor(builder.Configuration);
StartFault.QuietenFramework(builder);
if (line.Verb is not null) builder.Configuration.AddInMemoryCollection(line.Verb.Settings);

var services = builder.Services;
services.AddApplication();
services.AddInfrastructure(builder.Configuration, besideServer: line.Verb is not null, line.DespiteMove);
services.AddValidatorsFromAssembly(typeof(ApplicationRegistration).Assembly, includeInternalTypes: true);
services.AddJsonParsing();
services.AddProblems();
services.AddCallers(builder.Configuration, builder.Environment);
services.AddOpenApiDocument();
if (line.Verb is null)
{
    services.AddHostedService<DatabaseStart>();
    services.AddServiceManager();
    services.AddMonitoring(builder.Configuration);
}

builder.Logging.AddVisibleConsole();
line.Verb?.Prepare(builder);

var app = builder.Build();

app.UseForwardedHeaders();
app.UseRequestTrace();
app.UseSecurityHeaders();
app.UseProblems();
app.UseReadingMethods();
app.UseRequestLimits();
app.UseRouting();
app.UseRouteNames();
app.UseAuthentication();
app.UseRateLimiter();
app.UseSwaggerPage();
app.UseAccessControl();
app.UseOptions();
app.UseRequestShape();

app.MapOpenApiDocument();
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
api.MapErasures();
api.MapProblems();

if (line.Verb is { } verb) return await verb.Run(app, args);
StartFault.EndsWithTheStartOf(app);
app.AnnounceVersion();
app.EndsWithItsLoops();
app.AnnounceSwagger();
await app.RunAsync();
return Environment.ExitCode;

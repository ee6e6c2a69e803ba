using CleanSync.Api.ApiKeys;
using CleanSync.Api.AuditLog;
using CleanSync.Api.OpenApi;
using CleanSync.Api.Support;

namespace CleanSync.Api.Startup;

/// <summary>A command that the program does instead of serving. Nothing runs by itself meanwhile.</summary>
/// <param name="Name">The first word on the command line.</param>
/// <param name="Does">In a few words, for the list of commands.</param>
/// <param name="Usage">What may follow.</param>
/// <param name="Prepare">What it changes of the application before it is built.</param>
/// <param name="Run">Gets all words, its name first; answers with the exit code.</param>
internal sealed record Verb(
    string Name,
    string Does,
    string Usage,
    Action<WebApplicationBuilder> Prepare,
    Func<WebApplication, string[], Task<int>> Run)
{
    /// <summary>Settings that hold whatever else is configured.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings { get; init; } = [new("Scheduling:Enabled", "false")];

    /// <summary>All there are: a new one is a line here.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("keys", "makes, lists and revokes API keys", KeysArguments.Usage, KeysVerb.Quieten, KeysVerb.Run),
        new("audit", "exports and removes old months of the audit log", AuditArguments.Usage, KeysVerb.Quieten, AuditVerb.Run),
        new("support", "writes a file for somebody who is asked for help", SupportArguments.Usage, KeysVerb.Quieten, SupportVerb.Run),
        new("migrate-to", "moves a SQLite database to PostgreSQL", MigrateArguments.Usage, KeysVerb.Quieten, MigrateVerb.Run)
        {
            Settings = [new("Scheduling:Enabled", "false"), new("Database:Provider", "Postgres")],
        },
        new("secrets", "seals stored passwords under a new key", SecretsVerb.Usage, KeysVerb.Quieten, SecretsVerb.Run),
        new("openapi", "writes the OpenAPI document into a file", OpenApiVerb.Usage, _ => { }, OpenApiVerb.Run),
    ];
}

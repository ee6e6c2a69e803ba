using CleanSync.Application.AuditLog;

namespace CleanSync.Api.Security;

/// <summary>Whoever has the machine's account that runs the command.</summary>
internal sealed class CommandLineActor : ICurrentActor
{
    public AuditActor Now =>
        new(AuditActorKind.CommandLine, Environment.UserName, $"{Environment.UserName} on {Environment.MachineName}", null);
}

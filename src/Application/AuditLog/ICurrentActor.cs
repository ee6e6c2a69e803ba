using System.Text.Json.Serialization;

namespace CleanSync.Application.AuditLog;

/// <summary>Who acts just now.</summary>
public interface ICurrentActor
{
    AuditActor Now { get; }
}

public enum AuditActorKind
{
    ApiKey,

    /// <summary>The bearer of a token.</summary>
    Token,

    CommandLine,

    /// <summary>CleanSync by itself.</summary>
    System,
}

/// <param name="Id">The key's id, the token's subject, or the user of the command line.</param>
/// <param name="Name">In words: the key's name.</param>
/// <param name="From">The caller's address; null where there is none.</param>
public sealed record AuditActor(AuditActorKind Kind, string Id, string Name, string? From)
{
    /// <summary>Of a token that names a staff member: whose name it is. Such a name can be blanked.</summary>
    [JsonIgnore]
    public string? StaffId { get; init; }

    public static AuditActor Itself { get; } = new(AuditActorKind.System, "cleansync", "CleanSync", null);
}

/// <summary>Where nobody calls, CleanSync acts by itself.</summary>
internal sealed class NobodyElse : ICurrentActor
{
    public AuditActor Now => AuditActor.Itself;
}

using System.Security.Claims;
using CleanSync.Application.AuditLog;
using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.Security;

/// <summary>Whoever called, when the credential was found good.</summary>
/// <param name="Id">The key's id, or the token's subject.</param>
/// <param name="Role">Null when the token names no role that CleanSync knows.</param>
/// <param name="StaffId">Whose calendar the role staff opens.</param>
internal sealed record Caller(
    AuditActorKind Kind,
    string Id,
    string Name,
    Role? Role,
    string? StaffId)
{
    public ClaimsPrincipal ToPrincipal(string scheme) => new(new CallerIdentity(this, scheme));

    /// <summary>Null when nobody is known.</summary>
    public static Caller? Of(ClaimsPrincipal principal) => (principal.Identity as CallerIdentity)?.Caller;

    private sealed class CallerIdentity(Caller caller, string scheme) : ClaimsIdentity(scheme)
    {
        public Caller Caller => caller;
    }
}

/// <summary>A credential was sent and cannot be accepted.</summary>
internal sealed class CredentialIsRefused(Error refusal) : Exception(refusal.Message)
{
    public Error Refusal => refusal;
}

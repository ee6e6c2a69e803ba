using System.Net;
using CleanSync.Application.AuditLog;

namespace CleanSync.Api.Security;

/// <summary>Whoever sent the request that is being answered; CleanSync itself where there is none.</summary>
internal sealed class HttpActor(IHttpContextAccessor accessor) : ICurrentActor
{
    public AuditActor Now => accessor.HttpContext is { } http && Caller.Of(http.User) is { } caller
        ? new AuditActor(caller.Kind, caller.Id, caller.Name, Address(http.Connection.RemoteIpAddress)) { StaffId = caller.StaffId }
        : AuditActor.Itself;

    private static string? Address(IPAddress? address) =>
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}

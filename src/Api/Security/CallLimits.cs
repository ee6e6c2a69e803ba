using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CleanSync.Api.OpenApi;
using CleanSync.Application;
using CleanSync.Domain;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace CleanSync.Api.Security;

/// <summary>
/// How often one caller may call, and how many calls without a credential are answered at once. The section Limits of the configuration.
/// </summary>
internal sealed record CallLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Of one key, or of one subject of the issuer.</summary>
    public int CallsPerMinute { get; init; } = 12_000;

    /// <summary>Calls without a good credential from one address that are told why.</summary>
    public int RefusedPerMinute { get; init; } = 600;

    /// <summary>Calls to open addresses; the health checks and the rest each for themselves.</summary>
    public int OpenAtOnce { get; init; } = 16;

    /// <summary>How many more may wait for their turn.</summary>
    [Range(0, int.MaxValue)]
    public int OpenWaiting { get; init; } = 64;

    public static CallLimits Read(IConfiguration configuration) => Settings.Read("Limits", key => configuration[key], new CallLimits());

    public static bool IsOpen(HttpContext http) =>
        http.GetEndpoint() is { } endpoint
            ? endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            : OpenApiRegistration.IsItsAddress(http.Request.Path);

    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
        options.OnRejected = async (rejected, _) =>
        {
            Error refusal = IsOpen(rejected.HttpContext) ? new TooManyAtOnce() : new TooManyCalls(Words(CallsPerMinute));
            await Answer(rejected.HttpContext, refusal, rejected.Lease);
        };
    }

    public static Task Answer(HttpContext http, Error refusal, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var named) ? named : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
        return Problems.Of(refusal).ExecuteAsync(http);
    }

    public static string Words(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static FixedWindowRateLimiterOptions PerMinute(int calls) => new() { PermitLimit = calls, Window = Minute, QueueLimit = 0 };

    /// <summary>
    /// A caller who is known counts by who they are, an open address by how many are at it. Who is not known is counted where they are
    /// refused.
    /// </summary>
    private RateLimitPartition<string> Partition(HttpContext http)
    {
        if (IsOpen(http)) return RateLimitPartition.GetConcurrencyLimiter(OpenPartition(http), _ => AtOnce);
        return Caller.Of(http.User) is { } caller
            ? RateLimitPartition.GetFixedWindowLimiter($"{caller.Kind} {caller.Id}", _ => PerMinute(CallsPerMinute))
            : RateLimitPartition.GetNoLimiter("");
    }

    private ConcurrencyLimiterOptions AtOnce => new() { PermitLimit = OpenAtOnce, QueueLimit = OpenWaiting };

    /// <summary>Whoever holds up the page must not hold up the health checks.</summary>
    private static string OpenPartition(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? "open health" : "open";
}

/// <summary>
/// Counts calls without a good credential by the address that they come from. Nobody is shut out by it: a good credential is never counted.
/// </summary>
internal sealed class RefusedCredentials(CallLimits limits) : IDisposable
{
    private const int NetworkBytes = 8;

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(
            Network(http.Connection.RemoteIpAddress), _ => CallLimits.PerMinute(limits.RefusedPerMinute)));

    /// <summary>False, with the call answered, when too many came from there already.</summary>
    public async Task<bool> MayBeTold(HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http);
        if (lease.IsAcquired) return true;
        await CallLimits.Answer(http, new TooManyRefusedCredentials(CallLimits.Words(limits.RefusedPerMinute)), lease);
        return false;
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>Of IPv6 the network: one host has as many addresses as it likes.</summary>
    private static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, NetworkBytes),
        _ => address.ToString(),
    };
}

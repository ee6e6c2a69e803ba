using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>An OpenID Connect issuer in this process: its discovery document, its public keys, and tokens of every kind.</summary>
internal sealed class TestIssuer : HttpMessageHandler
{
    public const string Address = "https://issuer.example/realms/staff", Audience = "cleansync";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "first" };

    public RSAParameters PublicKey => key.Rsa.ExportParameters(includePrivateParameters: false);

    /// <summary>The issuer does not answer.</summary>
    public bool IsDown { get; set; }

    public void Use(IServiceCollection services) =>
        services.Configure<JwtBearerOptions>("Bearer", o => o.BackchannelHttpHandler = this);

    /// <summary>A good token, unless told otherwise.</summary>
    public string Token(
        DateTimeOffset now,
        string? role = "admin",
        string? staffId = null,
        string audience = Audience,
        string issuer = Address,
        TimeSpan? from = null,
        TimeSpan? until = null,
        SigningCredentials? signing = null,
        string roleClaim = "role",
        string? subject = "user-7")
    {
        var claims = new ClaimsIdentity([new Claim("name", "Ada Admin")]);
        if (subject is not null) claims.AddClaim(new Claim("sub", subject));
        if (role is not null) claims.AddClaim(new Claim(roleClaim, role));
        if (staffId is not null) claims.AddClaim(new Claim("staff_id", staffId));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Subject = claims,
            NotBefore = (now + (from ?? TimeSpan.Zero)).UtcDateTime,
            Expires = (now + (until ?? TimeSpan.FromMinutes(5))).UtcDateTime,
            SigningCredentials = signing ?? new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>The same claims as a good token, under another header and another signature.</summary>
    public string Forged(DateTimeOffset now, string header, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64UrlEncoder.Encode(header)}.{Token(now).Split('.')[1]}";
        return $"{signed}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        var body = request.RequestUri!.AbsolutePath switch
        {
            "/realms/staff/.well-known/openid-configuration" => new JsonObject { ["issuer"] = Address, ["jwks_uri"] = $"{Address}/keys" },
            "/realms/staff/keys" => new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "RSA",
                    ["use"] = "sig",
                    ["kid"] = key.KeyId,
                    ["n"] = Base64UrlEncoder.Encode(PublicKey.Modulus),
                    ["e"] = Base64UrlEncoder.Encode(PublicKey.Exponent),
                }),
            },
            _ => null,
        };
        return Task.FromResult(body is null
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8,
                "application/json")
            });
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using CleanSync.Api.Security;
using CleanSync.Application;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>Bearer tokens of an issuer in this process, on a clock that stands still.</summary>
public sealed class TokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 6, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly ApiHost host = new();

    [Fact]
    public async Task A_good_token_is_accepted() => Assert.Equal("200", await Answer(host.Issuer.Token(Now)));

    [Theory]
    [InlineData(-1, "200")]
    [InlineData(59, "200")]
    [InlineData(61, "401 token-has-expired")]
    public async Task A_token_ends_a_minute_after_its_time(int secondsAfter, string expected) =>
        Assert.Equal(
            expected, await Answer(host.Issuer.Token(Now, from: TimeSpan.FromHours(-1), until: TimeSpan.FromSeconds(-secondsAfter))));

    [Theory]
    [InlineData(59, "200")]
    [InlineData(61, "401 token-refused: it is not valid yet")]
    public async Task A_token_begins_a_minute_before_its_time(int secondsBefore, string expected) =>
        Assert.Equal(expected, await Answer(host.Issuer.Token(Now, from: TimeSpan.FromSeconds(secondsBefore))));

    [Fact]
    public async Task A_token_for_another_audience_is_refused() =>
        Assert.Equal("401 token-refused: it is for another audience", await Answer(host.Issuer.Token(Now, audience: "payroll")));

    [Fact]
    public async Task A_token_of_another_issuer_is_refused() =>
        Assert.Equal(
            "401 token-refused: another issuer made it",
            await Answer(host.Issuer.Token(Now, issuer: "https://issuer.example/realms/clients")));

    [Fact]
    public async Task A_token_that_somebody_else_signed_under_the_same_key_id_is_refused()
    {
        using var rsa = RSA.Create(2048);
        var signing = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "first" }, SecurityAlgorithms.RsaSha256);
        Assert.StartsWith("401 token-refused", await Answer(host.Issuer.Token(Now, signing: signing)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused() =>
        Assert.StartsWith("401 token-refused", await Answer(host.Issuer.Forged(Now, """{"alg":"none","typ":"JWT"}""", _ => [])), StringComparison.Ordinal);

    [Theory]
    [InlineData("modulus")]
    [InlineData("pem")]
    public async Task A_token_signed_with_the_public_key_as_a_shared_secret_is_refused(string form)
    {
        using var rsa = RSA.Create(host.Issuer.PublicKey);
        var secret = form == "pem" ? Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()) : host.Issuer.PublicKey.Modulus!;
        var forged = host.Issuer.Forged(Now, """{"alg":"HS256","typ":"JWT","kid":"first"}""", text => HMACSHA256.HashData(secret, text));
        Assert.StartsWith("401 token-refused", await Answer(forged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("a.b.c")]
    public async Task What_is_no_token_is_refused(string text) =>
        Assert.StartsWith("401 token-refused", await Answer(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a wrong key", HttpStatusCode.Unauthorized)]
    [InlineData("scheduler", HttpStatusCode.Forbidden)]
    public async Task Where_a_key_is_sent_as_well_the_key_counts(string key, HttpStatusCode expected)
    {
        using var caller = host.Bearer(host.Issuer.Token(TimeProvider.System.GetUtcNow()));
        caller.DefaultRequestHeaders.Add("X-Api-Key", Callers.Of(key));
        Assert.Equal(expected, (await caller.GetAsync("/api/v1/integrations", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_role_that_is_not_known_may_nothing() =>
        Assert.Equal("403 role-is-missing", await Answer(host.Issuer.Token(Now, "Admin")));

    [Fact]
    public async Task Without_the_role_claim_a_token_may_nothing() =>
        Assert.Equal("403 role-is-missing", await Answer(host.Issuer.Token(Now, role: null)));

    [Fact]
    public async Task Claims_and_values_are_mapped_as_configured()
    {
        var token = host.Issuer.Token(Now, "calendar-admins", roleClaim: "groups");
        Assert.Equal("403 role-is-missing", await Answer(token));
        Assert.Equal("200", await Answer(token, ("Jwt:RoleClaim", "groups"), ("Jwt:AdminRole", "it-department, calendar-admins")));
    }

    [Fact]
    public async Task When_the_issuer_does_not_answer_nobody_is_known()
    {
        host.Issuer.IsDown = true;
        Assert.StartsWith("401 token-refused", await Answer(host.Issuer.Token(Now)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_configured_issuer_no_token_is_accepted() =>
        Assert.Equal("401 credential-missing", await Answer(host.Issuer.Token(Now), ("Jwt:Authority", "")));

    [Theory]
    [InlineData("http://issuer.example", "cleansync", "https")]
    [InlineData("issuer.example", "cleansync", "https")]
    [InlineData("https://issuer.example", "", "Jwt:Audience")]
    [InlineData("https://name:secret@issuer.example", "cleansync", "without a user")]
    [InlineData("https://issuer.example/?secret", "cleansync", "a query")]
    [InlineData("https://issuer.example/#secret", "cleansync", "a fragment")]
    public void What_would_not_be_safe_is_not_configured(string authority, string audience, string expected)
    {
        var told = Assert.Throws<StartRefused>(() => Read(authority, audience, development: false)).Message;
        Assert.Contains(expected, told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_is_for_development_only() => Assert.NotNull(Read("http://issuer.example", "cleansync", development: true));

    public void Dispose() => host.Dispose();

    private static TokenSettings? Read(string authority, string audience, bool development) => TokenSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Jwt:Authority"] = authority, ["Jwt:Audience"] = audience }).Build(),
        development);

    private async Task<string> Answer(string token, params (string Key, string Value)[] settings)
    {
        await using var clocked = host.WithWebHostBuilder(builder =>
        {
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
            builder.ConfigureTestServices(s => s.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FakeTimeProvider(Now))));
        });
        using var caller = clocked.CreateClient();
        caller.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        var answer = await caller.GetAsync("/api/v1/integrations", TestContext.Current.CancellationToken);
        if (answer.StatusCode is HttpStatusCode.OK) return "200";
        var problem = await answer.Json();
        Assert.DoesNotContain(token, problem.ToJsonString(), StringComparison.Ordinal);
        var type = problem.Text("type").Replace("urn:cleansync:", "", StringComparison.Ordinal);
        return type == "token-refused"
            ? $"401 {type}: {problem.Text("detail").Split(": ")[1].Split('.')[0]}"
            : $"{(int)answer.StatusCode} {type}";
    }
}

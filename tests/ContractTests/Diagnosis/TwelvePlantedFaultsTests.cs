using System.Text.Json;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.ContractTests.Connections;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator.Certificates;
using Xunit;

namespace CleanSync.ContractTests.Diagnosis;

/// <summary>Each of twelve faults is planted between the doctor and a simulated Exchange behind TLS, with ten staff members.</summary>
public sealed class TwelvePlantedFaultsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => [.. PlantedFault.All.Keys];

    [Fact]
    public void There_are_twelve() => Assert.Equal(12, PlantedFault.All.Count);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_named_with_its_fix_and_only_what_depends_on_it_is_skipped(string name)
    {
        var fault = PlantedFault.All[name];
        var (findings, exchange) = await Examine(fault);
        await using var _ = exchange;
        var cause = findings.Steps.FirstOrDefault(s => s.State is DiagnosisState.Failed)
            ?? findings.Steps.First(s => s.State is DiagnosisState.Warning);
        Assert.Equal((fault.Cause, fault.State, fault.Problem), (cause.Name, cause.State, cause.Problem));
        Assert.Contains(fault.Named, cause.Meaning, StringComparison.Ordinal);
        var remedies = string.Join(
            '\n',
            findings.Steps.Where(s => s == cause || s.Name is DiagnosisStepName.ExtendedProtection)
                .SelectMany(s => s.Remedies)
                .Select(r => $"{r.What} {r.Command}"));
        Assert.All(fault.Fix, fix => Assert.Contains(fix, remedies, StringComparison.Ordinal));
        Assert.NotEmpty(cause.Evidence);
        var skipped = findings.Steps.Where(s => s.State is DiagnosisState.Skipped).ToList();
        Assert.Equal(fault.Skipped.Order(), skipped.Select(s => s.Name).Order().Except(NotTold(findings)));
        Assert.All(skipped.Where(s => s.SkippedBecauseOf is not null), s => Assert.Equal(fault.Cause, s.SkippedBecauseOf));
        Assert.Equal(fault.FailedLogons, exchange.Account.FailedLogons);
        Assert.DoesNotContain(
            fault.Password == "wrong" ? "\"wrong\"" : fault.Password, JsonSerializer.Serialize(findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_fault_every_step_passes_with_its_evidence()
    {
        var (findings, exchange) = await Examine(new PlantedFault { Cause = DiagnosisStepName.Logon, Named = "", Fix = [] });
        await using var _ = exchange;
        Assert.All(findings.Steps, s => Assert.Equal((s.Name, DiagnosisState.Passed), (s.Name, s.State)));
        var evidence = findings.Steps.SelectMany(s => s.Evidence).ToLookup(e => e.What, e => e.Value);
        Assert.Equal("127.0.0.1", evidence["addresses"].Single());
        Assert.Equal(exchange.Certificate.Thumbprint, evidence["certificate thumbprint"].Single());
        Assert.Equal("15.2.1544.4", evidence["server build"].Single());
        Assert.Equal("10 of 10", evidence["right for"].Single());
        Assert.Equal((ExchangeVersion.Exchange2016, 1), (findings.ProposedVersion, exchange.Account.SuccessfulLogons));
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_told_of_before_it_does()
    {
        var (findings, exchange) =
            await Examine(new PlantedFault
            {
                Certificate = a => a.Issue([SecureExchange.Host], validUntil: TimeSpan.FromDays(13)),
                Cause = DiagnosisStepName.Tls,
                Named = "",
                Fix = []
            });
        await using var _ = exchange;
        Assert.Equal(DiagnosisState.Warning, findings.Steps.Single(s => s.Name is DiagnosisStepName.Tls).State);
    }

    [Fact]
    public async Task A_wrong_password_over_NTLM_is_sent_once_and_the_verdict_says_what_is_not_known_and_how_to_find_out()
    {
        var (findings, exchange) = await Examine(
            new PlantedFault { Password = "wrong", Cause = DiagnosisStepName.Logon, Named = "", Fix = [] });
        await using var _ = exchange;
        var verdict = findings.Steps.Single(s => s.Name is DiagnosisStepName.ExtendedProtection);
        Assert.Equal((DiagnosisState.Warning, 1), (verdict.State, exchange.Account.FailedLogons));
        Assert.Contains("It is not known which certificate IIS binds", verdict.Meaning, StringComparison.Ordinal);
        Assert.Contains(
            exchange.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256),
            verdict.Meaning,
            StringComparison.Ordinal);
    }

    /// <summary>A step that ran and found nothing to look at depends on nobody.</summary>
    private static IEnumerable<DiagnosisStepName> NotTold(ConnectionFindings findings) =>
        findings.Steps.Where(s => s is { State: DiagnosisState.Skipped, SkippedBecauseOf: null }).Select(s => s.Name);

    private static async Task<(ConnectionFindings Findings, SecureExchange Exchange)> Examine(PlantedFault fault)
    {
        var exchange = await SecureExchange.Start(
            fault.Options, fault.Certificate ?? (a => a.Issue([SecureExchange.Host, "127.0.0.1"], validUntil: TimeSpan.FromDays(365))));
        exchange.AddStaff(10);
        fault.Plant(exchange);
        using var own = exchange.Authority.Issue([SecureExchange.Host]);
        await using var proxy = TlsProxy.Start(own, exchange.Exchange.BaseUrl, exchange.Certificate);
        var url = fault.IsBehindAProxy ? new Uri($"https://{SecureExchange.Host}:{proxy.Url.Port}/EWS/Exchange.asmx") : exchange.Url;
        await using var cleanSync = new CleanSyncSide();
        var integration = fault.Enter(
            CleanSyncSide.Integration(url, trust: ServerTrust.Of(exchange.Authority.Pem, null), password: fault.Password));
        var sample = exchange.Staff.Select(address => new SampledMailbox(null, address)).ToList();
        return (
            await cleanSync.Doctor.Examine(
                new DiagnosisTarget(integration.Server, fault.Password, TryCredential: true, sample, sample.Count), Ct),
            exchange);
    }
}

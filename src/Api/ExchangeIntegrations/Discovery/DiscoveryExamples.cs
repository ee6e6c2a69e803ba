using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Api.ExchangeIntegrations.Discovery;

internal static class DiscoveryExamples
{
    private static readonly Uri External =
        new("https://mail.contoso.example/EWS/Exchange.asmx"), Internal = new("https://ex01.contoso.example/EWS/Exchange.asmx");

    public static NewDiscovery New { get; } = new("svc-booking@contoso.example", "the account's password");

    /// <summary>As a search goes on after it met a host outside the mail domain.</summary>
    public static RepeatedDiscovery Again { get; } = new(AllowedHosts: ["hosting.example"], Password: "the account's password");

    public static DiscoveryReport Report { get; } = new(
        External,
        $"Exchange is at {External}. Nothing is saved yet: put this address, or another one of the list, into the integration.",
        [
            new(
                External,
                AddressUse.External,
                true,
                "Exchange names it for clients outside its network, and nothing here shows that CleanSync runs inside."),
            new(
                Internal,
                AddressUse.Internal,
                false,
                "Exchange names it for clients inside its network. Choose it if CleanSync runs there."),
        ],
        ["Exchange2013_SP1", "Exchange2016"],
        AuthenticationType.Ntlm,
        [],
        [
            new(
                1,
                "Ask autodiscover.contoso.example by SOAP",
                new Uri("https://autodiscover.contoso.example/autodiscover/autodiscover.svc"),
                StepOutcome.Failed,
                "Its name is not known to DNS.",
                null),
            new(
                2,
                "Ask contoso.example by SOAP",
                new Uri("https://contoso.example/autodiscover/autodiscover.svc"),
                StepOutcome.Found,
                $"It names {External} and {Internal}.",
                null),
        ]);
}

using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

/// <summary>Where a stored password may go: nowhere but where it was given for.</summary>
public sealed class CredentialScopeTests
{
    private const string Pin = "AA00AA00AA00AA00AA00AA00AA00AA00AA00AA00AA00AA00AA00AA00AA00AA00";

    private static readonly CredentialScope Given = new(
        new Uri("https://mail.hosting.example/EWS/Exchange.asmx"), AuthenticationType.Ntlm, "svc-booking@contoso.example",
            ServerTrust.OfTheMachine);

    public static TheoryData<string, string> Addresses => new()
    {
        { "https://other.hosting.example/EWS/Exchange.asmx", "serverAddress" },
        { "https://mail.hosting.example:8443/EWS/Exchange.asmx", "serverAddress" },
        { "http://mail.hosting.example/EWS/Exchange.asmx", "serverAddress" },
        { "https://mail.hosting.example./EWS/Exchange.asmx", "serverAddress" },
        { "https://mail.hosting.example.evil.example/EWS/Exchange.asmx", "serverAddress" },
        { "https://MAIL.hosting.example:443/EWS/Exchange.asmx", "" },
        { "https://mail.hosting.example/ews/Services.wsdl", "" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Another_scheme_host_or_port_is_another_server_and_another_path_is_not(string address, string changes) =>
        Assert.Equal(changes, Changes(Given with { ServerAddress = new Uri(address) }));

    [Theory]
    [InlineData("https://mail.hosting.example/autodiscover/autodiscover.xml", true)]
    [InlineData("https://mail.hosting.example:8443/autodiscover/autodiscover.xml", false)]
    [InlineData("http://mail.hosting.example/autodiscover/autodiscover.xml", false)]
    [InlineData("https://autodiscover.contoso.example/autodiscover/autodiscover.xml", true)]
    [InlineData("https://autodiscover.contoso.example:444/autodiscover/autodiscover.xml", false)]
    public void Of_a_host_that_a_search_may_ask_only_the_port_of_https_is_asked(string address, bool covered) =>
        Assert.Equal(covered, Given.Covers(new Uri(address)));

    [Fact]
    public void The_servers_own_port_is_asked()
    {
        var own = Given with { ServerAddress = new Uri("https://mail.hosting.example:8443/EWS/Exchange.asmx") };
        Assert.True(own.Covers(new Uri("https://mail.hosting.example:8443/autodiscover/autodiscover.xml")));
        Assert.False(own.Covers(new Uri("https://autodiscover.contoso.example:8443/autodiscover/autodiscover.xml")));
    }

    [Fact]
    public void Either_way_a_changed_scheme_of_logon_user_or_trust_needs_the_password()
    {
        CredentialScope[] others =
        [
            Given with { Authentication = AuthenticationType.Basic },
            Given with { UserName = "other@contoso.example" },
            Given with { UserName = "CONTOSO\\svc-booking" },
            Given with { Trust = new ServerTrust(null, Pin) },
            Given with { Trust = new ServerTrust("-----BEGIN CERTIFICATE-----", null) },
            Given with { ServerAddress = new Uri("http://mail.hosting.example/EWS/Exchange.asmx") },
        ];
        string[] fields = ["authentication", "userName", "userName", "pinnedCertificate", "authorityCertificates", "serverAddress"];
        Assert.Equal(fields, others.Select(Changes));
        Assert.Equal(fields, others.Select(other => string.Join(", ", Given.ChangesFrom(other))));
        Assert.Equal("", Changes(Given));
        Assert.Equal("authentication, userName", Changes(Given with { Authentication = AuthenticationType.Basic, UserName = "x\\y" }));
        Assert.Equal("pinnedCertificate", string.Join(
            ", ", (Given with { Trust = new(null, Pin) }).ChangesFrom(Given with { Trust = new(null, Pin.Replace('A', 'B')) })));
    }

    [Theory]
    [InlineData("mail.hosting.example", true)]
    [InlineData("MAIL.HOSTING.EXAMPLE", true)]
    [InlineData("contoso.example", true)]
    [InlineData("autodiscover.contoso.example", true)]
    [InlineData(".contoso.example", true)]
    [InlineData("hosting.example", false)]
    [InlineData("autodiscover.hosting.example", false)]
    [InlineData("below.mail.hosting.example", false)]
    [InlineData("contoso.example.evil.example", false)]
    [InlineData("evil-contoso.example", false)]
    [InlineData("example", false)]
    [InlineData("", false)]
    public void A_search_stays_at_the_stored_server_and_within_the_domain_of_the_accounts_own_UPN(string host, bool covered)
    {
        Assert.Equal(covered, Given.Covers(host));
        Assert.Equal(host == "mail.hosting.example" || host == "MAIL.HOSTING.EXAMPLE", (Given with { UserName = "CONTOSO\\svc-booking" })
            .Covers(host));
    }

    [Fact]
    public void In_every_status_settings_that_lead_the_password_elsewhere_are_refused_without_it_and_taken_with_it()
    {
        foreach (var status in Enum.GetValues<IntegrationStatus>())
        {
            var stored = Sample.Integration().In(status);
            var elsewhere = Settings(stored) with { ServerAddress = new Uri("https://evil.example/EWS/Exchange.asmx") };
            var refusal = Assert.IsType<PasswordIsNeeded>(stored.With(elsewhere).Refusal);
            Assert.Equal("serverAddress", refusal.Fields);
            Assert.Equal(elsewhere.ServerAddress, stored.With(elsewhere, [9]).Value.ServerAddress);
            Assert.False(stored.With(
                Settings(stored) with { ShowEventTitles = !stored.ShowEventTitles, UseImpersonation = !stored.UseImpersonation })
                .IsRefused);
        }
    }

    [Theory]
    [InlineData("SVC-Booking@Contoso.Example", "svc-booking@contoso.example")]
    [InlineData(" svc-booking@contoso.example ", "svc-booking@contoso.example")]
    [InlineData("CONTOSO\\Svc-Booking", "contoso\\svc-booking")]
    [InlineData("J\u00D6RG@contoso.example", "jorg@contoso.example")]
    [InlineData("j\u00F6rg@contoso.example", "jorg@contoso.example")]
    [InlineData("jo\u0308rg@contoso.example", "jorg@contoso.example")]
    [InlineData("j\u00ADo\u200Drg@contoso.example\u200F", "jorg@contoso.example")]
    [InlineData("\uFF2A\uFF4F\uFF32\uFF47@contoso.example\u3000", "jorg@contoso.example")]
    [InlineData("jo\U000E0072rg@contoso.example", "jorg@contoso.example")]
    [InlineData("\u0130ren@contoso.example", "iren@contoso.example")]
    [InlineData("\u0436\u0430\u043D\u043D\u0430", "\u0436\u0430\u043D\u043D\u0430")]
    public void Wrong_passwords_are_counted_under_one_name_however_it_is_spelt(string userName, string counted) =>
        Assert.Equal(counted, ServiceAccount.CountedName(userName));

    private static string Changes(CredentialScope wanted) => string.Join(", ", wanted.ChangesFrom(Given));

    private static IntegrationSettings Settings(ExchangeIntegration i) => new(
        i.DisplayName, i.ServerAddress, i.Authentication, i.Account.UserName, i.ExchangeVersion, i.UseImpersonation, i.ShowEventTitles,
            i.HorizonMonths, i.ReminderMinutes, i.Trust);
}

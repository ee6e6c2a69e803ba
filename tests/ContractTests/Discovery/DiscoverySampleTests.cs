using System.Text;
using System.Xml.Linq;
using CleanSync.ContractTests.Protocol;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using Xunit;

namespace CleanSync.ContractTests.Discovery;

/// <summary>The sample answers, as they are and damaged.</summary>
public sealed class DiscoverySampleTests
{
    private static readonly string[] Answers =
    [
        "pox-settings",
        "pox-error",
        "pox-redirectaddr",
        "pox-redirecturl",
        "soap-getusersettings",
        "soap-redirectaddress",
        "soap-redirecturl",
    ];

    [Fact]
    public void Every_sample_says_what_it_says()
    {
        var settings = new AutodiscoverReply.Settings(
            "https://mail.contoso.example/EWS/Exchange.asmx", "https://mail-int.contoso.example/EWS/Exchange.asmx", []);
        Assert.Equal(settings, Read("pox-settings") with { Schemas = settings.Schemas });
        Assert.Equal(settings, Read("soap-getusersettings") with { Schemas = settings.Schemas });
        Assert.Equal(8, Read("soap-getusersettings").Schemas.Count);
        Assert.Equal(new AutodiscoverReply.Refused("500"), Of("pox-error"));
        Assert.All(
            ["pox-redirectaddr", "soap-redirectaddress"],
            sample => Assert.Equal(new AutodiscoverReply.RedirectAddress("alice@hq.contoso.example"), Of(sample)));
        Assert.Equal(
            new AutodiscoverReply.RedirectUrl("https://autodiscover.hq.contoso.example/autodiscover/autodiscover.xml"),
            Of("pox-redirecturl"));
        Assert.Equal(
            new AutodiscoverReply.RedirectUrl("https://autodiscover.hq.contoso.example/autodiscover/autodiscover.svc"),
            Of("soap-redirecturl"));
    }

    [Theory]
    [InlineData("autodiscover-pox-request.xml")]
    [InlineData("autodiscover-soap-getusersettings-request.xml")]
    public void A_question_is_the_sample_but_for_settings_that_nobody_uses(string sample)
    {
        var protocol = sample.Contains("pox", StringComparison.Ordinal) ? AutodiscoverProtocol.Pox : AutodiscoverProtocol.Soap;
        var ours =
            XDocument.Load(new MemoryStream(protocol.Question("alice@contoso.example",
                new Uri("https://autodiscover.contoso.example/autodiscover/autodiscover.svc"), ExchangeVersion.Exchange2016)));
        var theirs = XDocument.Load(new MemoryStream(Samples.Bytes(sample)));
        theirs.Descendants().Where(e => e.Value == "GroupingInformation" && !e.HasElements).Remove();
        Assert.Equal(Elements(theirs), Elements(ours));
    }

    [Fact]
    public void An_answer_cut_anywhere_is_malformed()
    {
        foreach (var sample in Answers)
        {
            var whole = Text(sample).TrimEnd();
            for (var length = 0; length < whole.Length; length += 5) Assert.Throws<EwsMalformedResponseException>(() =>
                Read(sample, Encoding.UTF8.GetBytes(whole[..length])));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_answer_is_read_or_refused_with_a_type(int seed)
    {
        var dice = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var sample = Answers[dice.Next(Answers.Length)];
            var body = Encoding.UTF8.GetBytes(Text(sample));
            for (var hits = dice.Next(1, 6); hits > 0; hits--) body[dice.Next(body.Length)] = (byte)dice.Next(256);
            if (Record.Exception(() => Read(sample, body)) is { } thrown and not EwsMalformedResponseException)
                Assert.Fail($"Seed {seed}, round {round}: {thrown}");
        }
    }

    [Theory]
    [InlineData("a DTD", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">{0}")]
    [InlineData("two documents", "{0}{0}")]
    [InlineData("deep nesting",
        "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>{0}")]
    public void A_hostile_answer_is_malformed(string what, string form)
    {
        foreach (var sample in Answers)
        {
            var text = Text(sample);
            var body = string.Format(
                System.Globalization.CultureInfo.InvariantCulture, form, text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..]);
            Assert.True(
                Record.Exception(() => Read(sample, Encoding.UTF8.GetBytes(body))) is EwsMalformedResponseException, $"{what} of {sample}");
        }
    }

    [Fact]
    public void Another_mail_servers_answer_and_a_second_user_are_malformed()
    {
        var pox = Text("pox-settings").Replace(PoxProtocol.Outlook, "http://schemas.example/other", StringComparison.Ordinal);
        Assert.Throws<EwsMalformedResponseException>(() => Read("pox-settings", Encoding.UTF8.GetBytes(pox)));
        var soap = Text("soap-redirecturl");
        var (start, end) = (
            soap.IndexOf("<UserResponse>", StringComparison.Ordinal), soap.IndexOf("</UserResponses>", StringComparison.Ordinal));
        soap = soap.Insert(end, soap[start..end]);
        Assert.Throws<EwsMalformedResponseException>(() => Read("soap-redirecturl", Encoding.UTF8.GetBytes(soap)));
    }

    [Fact]
    public void A_code_that_can_be_none_is_unknown()
    {
        var body = Text("pox-error").Replace(">500<", $">{new string('x', 100)}<", StringComparison.Ordinal);
        Assert.Equal(new AutodiscoverReply.Refused("Unknown"), Read("pox-error", Encoding.UTF8.GetBytes(body)));
    }

    private static IEnumerable<string> Elements(XDocument document) =>
        document.Descendants().Select(e => $"{e.Name} {(e.HasElements ? "" : e.Value)}");

    private static string Text(string sample) => Encoding.UTF8.GetString(Samples.Bytes($"autodiscover-{sample}-response.xml"));

    private static AutodiscoverReply Of(string sample) => Read(sample, Samples.Bytes($"autodiscover-{sample}-response.xml"));

    private static AutodiscoverReply.Settings Read(string sample) => Assert.IsType<AutodiscoverReply.Settings>(Of(sample));

    private static AutodiscoverReply Read(string sample, byte[] body)
    {
        using var xml = new EwsXmlReader(new MemoryStream(body));
        return (sample.StartsWith("pox", StringComparison.Ordinal) ? AutodiscoverProtocol.Pox : AutodiscoverProtocol.Soap).Read(xml);
    }
}

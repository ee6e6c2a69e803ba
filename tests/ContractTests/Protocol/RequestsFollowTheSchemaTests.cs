using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using CleanSync.Infrastructure.Exchange.Protocol;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

/// <summary>Every request in every version against Microsoft's own schemas, which are not part of this repository.</summary>
public sealed class RequestsFollowTheSchemaTests
{
    private static readonly Lazy<XmlSchemaSet> Exchange2013Sp1 = new(() => Compile("ews-2013sp1.xsd"));
    private static readonly Lazy<XmlSchemaSet> SubscriptionEdition = new(() => Compile("ews.xsd"));

    public static TheoryData<string, string> EveryRequestInEveryVersion()
    {
        var data = new TheoryData<string, string>();
        foreach (var request in Requests.All.Keys)
            foreach (var version in Enum.GetNames<ExchangeServerVersion>())
                data.Add(request, version);
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryRequestInEveryVersion))]
    public void A_request_is_valid(string request, string version)
    {
        var named = Enum.Parse<ExchangeServerVersion>(version);
        foreach (var impersonate in (bool[])[false, true])
            Assert.Equal("", Violations(Requests.All[request](new(named, "alice@contoso.example", impersonate)), named));
    }

    [Fact]
    public void The_validation_itself_refuses_a_wrong_order()
    {
        var right = Encoding.UTF8.GetString(Requests.All["SyncFolderItems, next"](new(ExchangeServerVersion.Exchange2016, null, false)));
        var wrong = right.Replace("m:SyncState", "m:MaxChangesReturned", StringComparison.Ordinal);
        Assert.NotEqual("", Violations(Encoding.UTF8.GetBytes(wrong), ExchangeServerVersion.Exchange2016));
    }

    private static string Violations(byte[] request, ExchangeServerVersion version)
    {
        var document = XDocument.Load(new MemoryStream(request));
        var named = document.Descendants(XName.Get("RequestServerVersion", Ews.Types)).Single().Attribute("Version")!;
        Assert.Equal(version.ToString(), named.Value);
        // The schema of 2013 SP1 stands in for its elders too: what they lack is the version table's affair.
        if (version < ExchangeServerVersion.Exchange2013_SP1)
            named.Value = nameof(ExchangeServerVersion.Exchange2013_SP1);
        var violations = new StringBuilder();
        document.Validate(
            (version == ExchangeServerVersion.Exchange2016 ? SubscriptionEdition : Exchange2013Sp1).Value,
            (_, e) => violations.AppendLine(e.Message));
        return violations.ToString();
    }

    private static XmlSchemaSet Compile(string driver)
    {
        var path = Path.Combine(Folder(), driver);
        Assert.SkipUnless(File.Exists(path), $"Microsoft's EWS schemas are not here; CLEANSYNC_EWS_SCHEMAS names their folder.");
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, path);
        schemas.Compile();
        return schemas;
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("CLEANSYNC_EWS_SCHEMAS") is { Length: > 0 } named)
            return named;
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CleanSync.sln")))
            root = root.Parent;
        return Path.Combine(root?.FullName ?? ".", "..", "shared", "ews", "schema");
    }
}

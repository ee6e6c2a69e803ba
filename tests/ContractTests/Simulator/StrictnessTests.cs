using CleanSync.ExchangeSimulator;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

public sealed class StrictnessTests
{
    private const string NoZone = "<t:Start>2026-03-03T08:00:00Z</t:Start><t:End>2026-03-03T09:00:00Z</t:End>";
    private const string WithZone = NoZone + """<t:StartTimeZone Id="W. Europe Standard Time"/>""";

    [Fact]
    public async Task Elements_in_the_wrong_order_are_a_schema_violation()
    {
        await using var exchange = await Start();
        Assert.Equal(
            "ErrorSchemaValidation", await exchange.Fault(Ask.Create("<t:Sensitivity>Normal</t:Sensitivity><t:Subject>A</t:Subject>")));
    }

    [Theory]
    [InlineData("<m:GetFolder/>")]
    [InlineData("<m:GetFolder><t:FolderShape/></m:GetFolder>")]
    [InlineData("<GetFolder/>")]
    [InlineData("<m:GetItem><m:ItemShape><t:BaseShape>Everything</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id=\"a\"/></m:ItemIds></m:GetItem>")]
    [InlineData("<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId/></m:ItemIds></m:GetItem>")]
    [InlineData("<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds></m:ItemIds></m:GetItem>")]
    [InlineData("<m:GetItem Mood=\"good\"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id=\"a\"/></m:ItemIds></m:GetItem>")]
    public async Task What_the_schema_does_not_know_is_refused(string body)
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorSchemaValidation", await exchange.Fault(body));
    }

    [Fact]
    public async Task No_valid_sample_is_a_schema_violation()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.Notifications.UsesWireNamespaces = false;
        string[] operations =
            [
                "getfolder",
                "getitem",
                "finditem",
                "syncfolderitems",
                "createitem",
                "updateitem",
                "deleteitem",
                "getservertimezones",
                "subscribe",
                "unsubscribe",
                "getstreamingevents"
            ];
        var samples = Directory.GetFiles(
            Path.Combine(AppContext.BaseDirectory, "Protocol", "Samples"), "*-request.xml", SearchOption.AllDirectories)
            .Where(f => operations.Any(o => Path.GetFileName(f).StartsWith(o + "-", StringComparison.Ordinal))).ToList();
        Assert.True(samples.Count > 15);
        foreach (var sample in samples)
        {
            var (_, answer) = await exchange.Post(await File.ReadAllTextAsync(sample, TestContext.Current.CancellationToken));
            Assert.False(
                answer.Descendants(E + "ResponseCode").Any(c => c.Value == "ErrorSchemaValidation"),
                $"{Path.GetFileName(sample)}: {answer}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public async Task A_page_of_changes_holds_one_to_512(int max)
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorSchemaValidation", await exchange.Fault(Ask.Sync(max: max)));
    }

    [Theory]
    [InlineData("Exchange2019")]
    [InlineData("V2017_07_11")]
    [InlineData("3")]
    public async Task A_version_that_nobody_knows_is_refused(string version)
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorInvalidServerVersion", await exchange.Fault(Ask.GetFolder(), version));
    }

    [Fact]
    public async Task An_older_server_refuses_a_newer_version()
    {
        await using var exchange =
            await Start(new SimulatorOptions
            {
                SupportedVersions = new HashSet<ExchangeVersion> { ExchangeVersion.Exchange2007_SP1,
                ExchangeVersion.Exchange2010 }
            });
        Assert.Equal("ErrorInvalidServerVersion", await exchange.Fault(Ask.GetFolder(), "Exchange2013"));
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.GetFolder(), "Exchange2010")).Single()));
    }

    [Theory]
    [InlineData("Exchange2007_SP1")]
    [InlineData(null)]
    public async Task Zones_on_an_item_need_2010(string? version)
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorSchemaValidation", await exchange.Fault(Ask.Create(WithZone), version));
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.Create(NoZone), version)).Single()));
    }

    [Fact]
    public async Task Zone_ids_of_an_item_can_be_asked_for_from_2013_on()
    {
        await using var exchange = await Start();
        var id = exchange.Mailbox.Person.Adds(new("A", exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)));
        var fields = Ask.Fields("calendar:StartTimeZoneId");
        Assert.Equal("ErrorSchemaValidation", await exchange.Fault(Ask.GetItem(id, fields), "Exchange2010_SP2"));
        Assert.Equal(
            "W. Europe Standard Time",
            (await exchange.Ask(Ask.GetItem(id, fields))).Single().Descendants(T + "StartTimeZoneId").Single().Value);
    }

    [Fact]
    public async Task A_header_given_twice_is_refused()
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorDuplicateSOAPHeader", await exchange.Fault(Ask.GetFolder(), headers: """<t:RequestServerVersion Version="Exchange2010"/>"""));
    }

    [Fact]
    public async Task Meeting_invitations_must_be_decided()
    {
        await using var exchange = await Start();
        var body = Ask.Create(NoZone).Replace(" SendMeetingInvitations=\"SendToNone\"", "", StringComparison.Ordinal);
        Assert.Equal("ErrorSendMeetingInvitationsRequired", Code((await exchange.Ask(body)).Single()));
    }
}

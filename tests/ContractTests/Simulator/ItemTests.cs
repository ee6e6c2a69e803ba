using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

public sealed class ItemTests
{
    private const string Berlin = """<t:StartTimeZone Id="W. Europe Standard Time"/><t:EndTimeZone Id="W. Europe Standard Time"/>""";
    private const string BerlinContext = """<t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>""";
    private const string Value = $"<t:ExtendedProperty>{Property}<t:Value>appt-7f3c</t:Value></t:ExtendedProperty>";

    [Theory]
    [InlineData("2026-07-06T09:00:00Z", Berlin, "", "2026-07-06T09:00:00Z")]
    [InlineData("2026-07-06T09:00:00+05:00", Berlin, "", "2026-07-06T04:00:00Z")]
    [InlineData("2026-07-06T09:00:00", Berlin, "", "2026-07-06T07:00:00Z")]
    [InlineData("2026-07-06T09:00:00", "", "", "2026-07-06T09:00:00Z")]
    [InlineData("2026-07-06T09:00:00", "", BerlinContext, "2026-07-06T09:00:00+02:00")]
    [InlineData("2026-07-06T09:00:00", """<t:StartTimeZone Id="UTC"/>""", BerlinContext, "2026-07-06T11:00:00+02:00")]
    public async Task A_time_means_what_the_table_says(string start, string zones, string header, string expected)
    {
        await using var exchange = await Start();
        var id = Id((await exchange.Ask(Ask.Create($"<t:Start>{start}</t:Start>{zones}"), headers: header)).Single());
        Assert.Equal(
            expected,
            (await exchange.Ask(Ask.GetItem(id, Ask.Fields("calendar:Start")), headers: header)).Single()
                .Descendants(T + "Start")
                .Single().Value);
    }

    [Theory]
    [InlineData("2026-07-06T00:00:00", "2026-07-07T00:00:00")]
    [InlineData("2026-07-06T10:00:00", "2026-07-06T11:00:00")]
    public async Task All_day_lies_on_midnights_of_the_creation_zone(string start, string end)
    {
        await using var exchange = await Start();
        await exchange.Ask(Ask.Create($"<t:Start>{start}</t:Start><t:End>{end}</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent>{Berlin}"));
        var fields = exchange.Mailbox.Calendar.Single().Fields;
        Assert.Equal((Utc("2026-07-05T22:00:00Z"), Utc("2026-07-06T22:00:00Z")), (fields.Start, fields.End));
    }

    [Fact]
    public async Task Ids_of_neighbours_differ_only_in_case_and_are_not_confused()
    {
        await using var exchange = await Start();
        var ids = Enumerable.Range(0, 4).Select(i => Add(exchange, $"{i}")).ToList();
        Assert.Equal(4, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.True(ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() < 4);
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
            Assert.Equal(
                $"{i}",
                (await exchange.Ask(Ask.GetItem(id, Ask.Fields("item:Subject")))).Single().Descendants(T + "Subject").Single().Value);
    }

    [Fact]
    public async Task An_extended_property_shows_only_by_its_exact_definition()
    {
        await using var exchange = await Start();
        var id = Id((await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>" + Value))).Single());
        async Task<int> Shown(string definition, string shape = "IdOnly") =>
            (await exchange.Ask(Ask.GetItem(id, definition, shape))).Single().Descendants(T + "ExtendedProperty").Count();
        Assert.Equal(1, await Shown(Property));
        Assert.Equal(0, await Shown("", "AllProperties"));
        Assert.Equal(0, await Shown(Property.Replace("\"String\"", "\"Integer\"", StringComparison.Ordinal)));
        Assert.Equal("ErrorInvalidExtendedProperty", await exchange.Fault(Ask.GetItem(id, """<t:ExtendedFieldURI PropertyName="CleanSyncId" PropertyType="String"/>""")));
    }

    [Fact]
    public async Task A_search_by_extended_property_finds_the_item_and_its_copy()
    {
        await using var exchange = await Start();
        Add(exchange, "other");
        var id = Id((await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>" + Value))).Single());
        var copy = exchange.Mailbox.Person.Copies(id);
        var found = (await exchange.Ask(Search("appt-7f3c"))).Single().Descendants(T + "ItemId").Attributes("Id").Select(a => a.Value);
        Assert.Equal(new[] { id, copy }.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Empty((await exchange.Ask(Search("another"))).Single().Descendants(T + "ItemId"));
    }

    [Fact]
    public async Task A_write_with_an_old_key_is_a_conflict_and_changes_nothing()
    {
        await using var exchange = await Start();
        var (id, key) = IdAndKey((await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>"))).Single());
        exchange.Mailbox.Person.Renames(id, "By Alice");
        var rename = Ask.Set("item:Subject", "<t:Subject>B</t:Subject>");
        Assert.Equal("ErrorIrresolvableConflict", Code((await exchange.Ask(Ask.Update(id, key, rename))).Single()));
        Assert.Equal("ErrorChangeKeyRequiredForWriteOperations", Code((await exchange.Ask(Ask.Update(id, null, rename))).Single()));
        Assert.Equal("ErrorInvalidChangeKey", Code((await exchange.Ask(Ask.Update(id, "x", rename))).Single()));
        Assert.Equal("By Alice", exchange.Mailbox.Find(id)!.Fields.Subject);
        var updated = (await exchange.Ask(Ask.Update(id, exchange.Mailbox.Find(id)!.ChangeKey, rename))).Single();
        Assert.Equal(("NoError", exchange.Mailbox.Find(id)!.ChangeKey), (Code(updated), IdAndKey(updated).Key));
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.Update(id, key, rename, "AlwaysOverwrite"))).Single()));
    }

    [Theory]
    [InlineData("item:Subject", "<t:Subject>B</t:Subject><t:Location>C</t:Location>", "ErrorIncorrectUpdatePropertyCount")]
    [InlineData("item:Subject", "<t:Location>C</t:Location>", "ErrorUpdatePropertyMismatch")]
    [InlineData("calendar:IsCancelled", "<t:IsCancelled>true</t:IsCancelled>", "ErrorInvalidPropertySet")]
    [InlineData("calendar:End", "<t:End>2026-03-01T09:00:00Z</t:End>", "ErrorCalendarEndDateIsEarlierThanStartDate")]
    [InlineData("calendar:StartTimeZone", "<t:StartTimeZone Id=\"Mars\"/>", "ErrorTimeZone")]
    public async Task An_impossible_update_is_refused(string uri, string content, string code)
    {
        await using var exchange = await Start();
        var (id, key) = IdAndKey(
            (await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject><t:Start>2026-03-03T09:00:00Z</t:Start>"))).Single());
        Assert.Equal(code, Code((await exchange.Ask(Ask.Update(id, key, Ask.Set(uri, content)))).Single()));
        Assert.Equal(("A", key), (exchange.Mailbox.Find(id)!.Fields.Subject, exchange.Mailbox.Find(id)!.ChangeKey));
    }

    [Fact]
    public async Task A_new_zone_alone_keeps_the_wall_clock()
    {
        await using var exchange = await Start();
        var (id, key) = IdAndKey((await exchange.Ask(Ask.Create($"<t:Start>2026-07-06T09:00:00</t:Start>{Berlin}"))).Single());
        await exchange.Ask(Ask.Update(id, key, Ask.Set("calendar:StartTimeZone", """<t:StartTimeZone Id="GMT Standard Time"/>""") + Ask.Set("calendar:EndTimeZone", """<t:EndTimeZone Id="GMT Standard Time"/>""")));
        Assert.Equal(Utc("2026-07-06T08:00:00Z"), exchange.Mailbox.Find(id)!.Fields.Start);
    }

    [Fact]
    public async Task Deleting_moves_under_a_new_id_and_restoring_makes_another()
    {
        await using var exchange = await Start();
        var id = Id((await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>" + Value))).Single());
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.Delete(id))).Single()));
        Assert.Equal("ErrorItemNotFound", Code((await exchange.Ask(Ask.Delete(id))).Single()));
        var deleted = exchange.Mailbox.DeletedItems.Single();
        var restored = exchange.Mailbox.Person.Restores(deleted.ItemId);
        Assert.Equal(3, new[] { id, deleted.ItemId, restored }.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            "appt-7f3c", exchange.Mailbox.Find(restored)!.Fields.ExtendedText("d6b9f1c2-3a44-4e3b-9f0e-6c2a5e7b1a10", "CleanSyncId"));
        await exchange.Ask(Ask.Delete(restored, "HardDelete"));
        Assert.Empty(exchange.Mailbox.DeletedItems);
    }

    [Fact]
    public async Task Errors_are_told_for_each_item_in_order()
    {
        await using var exchange = await Start();
        var id = Add(exchange, "A");
        var gone = id[..^6] + "zqAAA=";
        var body = $"""<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="{gone}"/><t:ItemId Id="{id}"/><t:ItemId Id="x"/></m:ItemIds></m:GetItem>""";
        Assert.Equal(["ErrorItemNotFound", "NoError", "ErrorInvalidIdMalformed"], (await exchange.Ask(body)).Select(Code));
    }

    [Fact]
    public async Task A_character_that_xml_forbids_reaches_the_client_as_exchange_sends_it()
    {
        await using var exchange = await Start();
        var id = Add(exchange, "A\u001aB");
        await Assert.ThrowsAsync<System.Xml.XmlException>(() => exchange.Ask(Ask.GetItem(id, Ask.Fields("item:Subject"))));
    }

    private static string Search(string value) =>
        $"""<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="10" Offset="0" BasePoint="Beginning"/><m:Restriction><t:IsEqualTo>{Property}<t:FieldURIOrConstant><t:Constant Value="{value}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction><m:ParentFolderIds>{Ask.Calendar}</m:ParentFolderIds></m:FindItem>""";

    private static string Add(Organisation exchange, string subject) =>
        exchange.Mailbox.Person.Adds(new EventDraft(subject, exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)));

    private static (string Id, string Key) IdAndKey(XElement message) =>
        (
            message.Descendants(T + "ItemId").Single().Attribute("Id")!.Value,
            message.Descendants(T + "ItemId").Single().Attribute("ChangeKey")!.Value);

    private static string Id(XElement message) => IdAndKey(message).Id;

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

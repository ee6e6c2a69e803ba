using System.Globalization;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>What the store itself says of items and folders, under MAPI's names.</summary>
public sealed class StorePropertyTests
{
    private const string Recurring =
        """<t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="33315" PropertyType="Boolean"/>""";
    private const string Number = """<t:ExtendedFieldURI PropertyTag="0xe23" PropertyType="Integer"/>""";
    private const string Modified = """<t:ExtendedFieldURI PropertyTag="0x3008" PropertyType="SystemTime"/>""";

    [Theory]
    [InlineData("true", "Series")]
    [InlineData("false", "Single")]
    public async Task PidLidRecurring_tells_series_from_singles_and_finds_them(string value, string expected)
    {
        await using var exchange = await Start();
        AddBoth(exchange);
        var found = await Find(exchange, Recurring + Ask.Fields("item:Subject"), restriction: IsEqual(Recurring, value));
        Assert.Equal([(expected, value)], found.Select(i => (i.Element(T + "Subject")!.Value, Value(i))));
    }

    [Fact]
    public async Task Items_are_numbered_in_the_order_in_which_they_came_and_sorted_by_that_number()
    {
        await using var exchange = await Start();
        for (var i = 0; i < 12; i++) AddSingle(exchange, $"{i}");
        async Task<List<int>> Numbers(string order) =>
            [.. (await Find(exchange, Number, order: order)).Select(i => int.Parse(Value(i), CultureInfo.InvariantCulture))];
        var ascending = await Numbers("Ascending");
        Assert.Equal(12, ascending.Distinct().Count());
        Assert.Equal(ascending.Order(), ascending);
        Assert.Equal(ascending.OrderDescending(), await Numbers("Descending"));
    }

    [Fact]
    public async Task The_time_of_the_last_change_moves_with_each_change()
    {
        await using var exchange = await Start();
        var id = AddSingle(exchange, "A");
        async Task<string> Read() => Value((await exchange.Ask(Ask.GetItem(id, Modified))).Single());
        Assert.Equal("2026-03-02T08:00:00Z", await Read());
        exchange.Clock.Advance(TimeSpan.FromMinutes(5));
        exchange.Mailbox.Person.Renames(id, "B");
        Assert.Equal("2026-03-02T08:05:00Z", await Read());
    }

    [Theory]
    [InlineData("0x3613", "String", "IPF.Appointment")]
    [InlineData("0x3602", "Integer", "1")]
    [InlineData("0x360a", "Boolean", "true")]
    public async Task A_folder_tells_its_class_its_count_and_whether_it_has_folders(string tag, string type, string expected)
    {
        await using var exchange = await Start();
        AddSingle(exchange, "A");
        var path = $"""<t:ExtendedFieldURI PropertyTag="{tag}" PropertyType="{type}"/>""" + Ask.Fields("folder:EffectiveRights");
        var more = $"<t:AdditionalProperties>{path}</t:AdditionalProperties>";
        var body = Ask.GetFolder(shape: "IdOnly").Replace("</t:BaseShape>", "</t:BaseShape>" + more, StringComparison.Ordinal);
        Assert.Equal(expected, Value((await exchange.Ask(body)).Single()));
    }

    private static void AddBoth(Organisation exchange)
    {
        AddSingle(exchange, "Single");
        var now = exchange.Clock.GetUtcNow();
        exchange.Mailbox.Person.AddsSeries(new EventDraft("Series", now, now.AddHours(1)), new DailyPattern(1), 3);
    }

    private static string AddSingle(Organisation exchange, string subject)
    {
        var now = exchange.Clock.GetUtcNow();
        return exchange.Mailbox.Person.Adds(new EventDraft(subject, now, now.AddHours(1)));
    }

    private static async Task<List<XElement>> Find(Organisation exchange, string more, string restriction = "", string? order = null)
    {
        var sorted = order is null ? "" : $"""<m:SortOrder><t:FieldOrder Order="{order}">{Number}</t:FieldOrder></m:SortOrder>""";
        var body = $"""
            <m:FindItem Traversal="Shallow">
            <m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>{more}</t:AdditionalProperties></m:ItemShape>
            {restriction}{sorted}<m:ParentFolderIds>{Ask.Calendar}</m:ParentFolderIds></m:FindItem>
            """;
        return [.. (await exchange.Ask(body)).Single().Descendants(T + "CalendarItem")];
    }

    private static string IsEqual(string path, string value) =>
        $"""
        <m:Restriction><t:IsEqualTo>
        {path}<t:FieldURIOrConstant><t:Constant Value="{value}"/></t:FieldURIOrConstant>
        </t:IsEqualTo></m:Restriction>
        """;

    private static string Value(XElement told) => told.Descendants(T + "ExtendedProperty").Single().Element(T + "Value")!.Value;
}

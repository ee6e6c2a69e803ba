using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Ids in other formats, and the mailbox that they belong to.</summary>
public sealed class ConvertIdTests
{
    [Theory]
    [InlineData("EwsLegacyId")]
    [InlineData("EwsId")]
    [InlineData("EntryId")]
    [InlineData("HexEntryId")]
    [InlineData("StoreId")]
    [InlineData("OwaId")]
    public async Task An_id_goes_into_any_format_and_back_and_names_its_mailbox(string format)
    {
        await using var exchange = await Start();
        var id = exchange.Mailbox.Person.Adds(new EventDraft("A", exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)));
        var there = await Convert(exchange, id, "EwsId", format);
        Assert.Equal((format, Alice), (there.Format, there.Mailbox));
        Assert.Equal(id, (await Convert(exchange, there.Id, format, "EwsId")).Id);
        if (format is not ("EwsId" or "EwsLegacyId")) Assert.NotEqual(id, there.Id);
    }

    [Fact]
    public async Task The_id_of_a_folder_leads_to_the_primary_address_whatever_was_given_with_it()
    {
        await using var exchange = await Start();
        Assert.Equal(Alice, (await Convert(exchange, exchange.Mailbox.CalendarFolderId, "EwsId", "EwsId")).Mailbox);
    }

    [Theory]
    [InlineData("nonsense", "EwsId", "ErrorInvalidIdMalformed")]
    [InlineData("nonsense", "HexEntryId", "ErrorInvalidIdMalformed")]
    [InlineData("AAAAAAAA", "EntryId", "ErrorInvalidIdMalformed")]
    public async Task What_is_no_id_of_its_format_is_refused(string id, string format, string code)
    {
        await using var exchange = await Start();
        Assert.Equal(code, Code((await exchange.Ask(Body(id, format, "EwsId"))).Single()));
    }

    [Fact]
    public async Task A_format_that_nobody_knows_is_a_schema_violation()
    {
        await using var exchange = await Start();
        Assert.Equal("ErrorSchemaValidation", await exchange.Fault(Body(exchange.Mailbox.CalendarFolderId, "EwsId", "RomanNumerals")));
    }

    private static async Task<(string Id, string Format, string Mailbox)> Convert(Organisation exchange, string id, string from, string to)
    {
        var answer = (await exchange.Ask(Body(id, from, to))).Single().Element(M + "AlternateId")!;
        return (answer.Attribute("Id")!.Value, answer.Attribute("Format")!.Value, answer.Attribute("Mailbox")!.Value);
    }

    private static string Body(string id, string from, string to) =>
        $"""
        <m:ConvertId DestinationFormat="{to}"><m:SourceIds>
        <t:AlternateId Format="{from}" Id="{id}" Mailbox="anybody@contoso.example"/>
        </m:SourceIds></m:ConvertId>
        """;
}

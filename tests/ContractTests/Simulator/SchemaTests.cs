using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Every answer in these tests is validated in passing; this one makes sure that every operation was.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("Exchange2007_SP1")]
    [InlineData("Exchange2010")]
    [InlineData("Exchange2013_SP1")]
    [InlineData("Exchange2016")]
    public async Task Every_operation_answers_as_the_schema_says(string version)
    {
        if (!EwsSchemas.AreAvailable) Assert.Skip("The EWS schemas are not here: set CLEANSYNC_EWS_SCHEMAS.");
        await using var exchange = await Start();
        var now = exchange.Clock.GetUtcNow();
        var master = exchange.Mailbox.Person.AddsSeries(
            new EventDraft("Series", now, now.AddHours(1)) { Organizer = "bob@contoso.example", Location = "Room" },
            new DailyPattern(1),
            5);
        exchange.Mailbox.Person.ChangesOccurrence(master, now.AddDays(1), new EventEdit { Subject = "Moved" });
        exchange.Mailbox.Person.DeletesOccurrence(master, now.AddDays(2));
        var created =
            (await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject><t:Body BodyType=\"Text\">B</t:Body><t:Categories><t:String>C</t:String></t:Categories>"), version)).Single();
        var (id, key) = (
            created.Descendants(T + "ItemId").Single().Attribute("Id")!.Value,
            created.Descendants(T + "ItemId").Single().Attribute("ChangeKey")!.Value);
        string[] bodies =
        [
            Ask.GetFolder(), Ask.GetFolder("""<t:DistinguishedFolderId Id="root"/><t:DistinguishedFolderId Id="contacts"/>""", "Default"),
            """<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape><m:ParentFolderIds><t:DistinguishedFolderId Id="root"/></m:ParentFolderIds></m:FindFolder>""",
            Ask.GetItem(master, "", "AllProperties"), Ask.GetItem(id, "", "AllProperties"), Ask.GetItem(id, "", "Default"),
            Ask.GetItem($"""<t:OccurrenceItemId RecurringMasterId="{master}" InstanceIndex="2"/>""", "", "AllProperties"),
            Ask.Sync().Replace("IdOnly", "AllProperties", StringComparison.Ordinal),
            Ask.View("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").Replace("IdOnly", "AllProperties", StringComparison.Ordinal),
            Ask.Update(id, key, Ask.Set("item:Subject", "<t:Subject>B</t:Subject>")),
            $"""<m:CopyItem><m:ToFolderId>{Ask.Calendar}</m:ToFolderId><m:ItemIds><t:ItemId Id="{id}"/></m:ItemIds></m:CopyItem>""",
            $"""<m:MoveItem><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId><m:ItemIds><t:ItemId Id="{master}"/></m:ItemIds></m:MoveItem>""",
            Ask.Delete(id),
            """<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>alice</m:UnresolvedEntry></m:ResolveNames>""",
            "<m:GetServerTimeZones/>",
        ];
        if (version is not ("Exchange2007_SP1" or "Exchange2010")) await exchange.Post(Envelope("<m:GetPasswordExpirationDate/>", version));
        foreach (var body in bodies)
            Assert.All(await exchange.Ask(body, version), m => Assert.Equal("NoError", Code(m)));
    }
}

using System.Net;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Faults of every kind at every operation, and the refusals of each version (docs/simulator.md).</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Operations => [.. Bodies("x", "y").Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Any_call_can_be_refused_before_it_has_an_effect(string operation)
    {
        await using var exchange = await Start();
        var (body, before) = Prepared(exchange, operation);
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorInternalServerTransientError"), operation);
        Assert.Equal("ErrorInternalServerTransientError", await exchange.Fault(body));
        exchange.Exchange.Faults.Next(new Fault.Response("ErrorServerBusy", 1000), operation);
        Assert.Equal("ErrorServerBusy", Code((await exchange.Ask(body)).Single()));
        exchange.Exchange.Faults.Next(new Fault.Http(503), operation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await exchange.Send(body)).Answer.StatusCode);
        Assert.Equal(before, Picture(exchange));
        Assert.Equal("NoError", Code((await exchange.Ask(body)).Single()));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_answer_to_any_call_can_be_lost_before_and_after_its_effect(string operation)
    {
        await using var exchange = await Start();
        var (body, before) = Prepared(exchange, operation);
        exchange.Exchange.Faults.Next(new Fault.AbortBeforeEffect(), operation);
        await Assert.ThrowsAsync<HttpRequestException>(() => exchange.Ask(body));
        Assert.Equal(before, Picture(exchange));
        exchange.Exchange.Faults.Next(new Fault.AbortAfterEffect(), operation);
        await Assert.ThrowsAsync<HttpRequestException>(() => exchange.Ask(body));
        Assert.Equal(operation is "CreateItem" or "UpdateItem" or "DeleteItem" or "MoveItem" or "CopyItem", before != Picture(exchange));
    }

    [Fact]
    public async Task An_internal_error_can_have_a_busy_server_behind_it()
    {
        await using var exchange = await Start();
        exchange.Exchange.Faults.Next(new Fault.Response("ErrorInternalServerError", 2500, InnerCode: "ErrorServerBusy"));
        var details = (await exchange.Ask(Ask.GetFolder())).Single()
            .Element(M + "MessageXml")!
            .Elements(T + "Value")
            .ToDictionary(v => v.Attribute("Name")!.Value, v => v.Value);
        Assert.Equal(
            new Dictionary<string, string> { ["InnerErrorResponseCode"] = "ErrorServerBusy", ["BackOffMilliseconds"] = "2500" }, details);
    }

    [Fact]
    public async Task A_batch_can_stop_at_an_input_and_the_rest_is_not_attempted()
    {
        await using var exchange = await Start();
        var ids = Enumerable.Range(0, 4).Select(i => Add(exchange, $"{i}")).ToList();
        exchange.Exchange.Faults.Next(new Fault.StopsBatch(Done: 1), "DeleteItem");
        var body = $"""<m:DeleteItem DeleteType="HardDelete" SendMeetingCancellations="SendToNone"><m:ItemIds>{string.Concat(ids.Select(id => $"<t:ItemId Id=\"{id}\"/>"))}</m:ItemIds></m:DeleteItem>""";
        var messages = await exchange.Ask(body);
        Assert.Equal(
            ["NoError", "ErrorMailboxStoreUnavailable", "ErrorBatchProcessingStopped", "ErrorBatchProcessingStopped"],
            messages.Select(Code));
        Assert.Equal(["Success", "Error", "Warning", "Warning"], messages.Select(m => m.Attribute("ResponseClass")!.Value));
        Assert.Equal(ids[1..], exchange.Mailbox.Calendar.Select(e => e.ItemId));
    }

    [Fact]
    public async Task Error_pages_redirects_and_full_queues_are_html()
    {
        await using var exchange = await Start();
        exchange.Exchange.Faults.Next(new Fault.Http(500));
        exchange.Exchange.Faults.Next(new Fault.Http(302, Location: "/ews/genericerrorpage.htm"));
        exchange.Exchange.Faults.Next(new Fault.Http(503, RetryAfter: "7"));
        exchange.Exchange.Faults.Next(new Fault.Http(503));
        var answers = new List<(int, string?, string?, bool)>();
        for (var i = 0; i < 4; i++)
        {
            var (answer, text) = await exchange.Send(Ask.GetFolder());
            answers.Add(((int)answer.StatusCode, answer.Headers.Location?.OriginalString, answer.Headers.RetryAfter?
                .ToString(), text.Contains("<html>", StringComparison.Ordinal)));
        }
        Assert.Equal(
            [(500, null, null, true), (302, "/ews/genericerrorpage.htm", null, true), (503, null, "7", true), (503, null, null, true)],
            answers);
    }

    [Theory]
    [InlineData(ExchangeVersion.Exchange2010, """<t:EndTimeZone Id="UTC"/>""", "")]
    [InlineData(ExchangeVersion.Exchange2010, "", """<t:TimeZoneContext><t:TimeZoneDefinition Id="UTC"/></t:TimeZoneContext>""")]
    [InlineData(ExchangeVersion.Exchange2010_SP2, "", "<t:DateTimePrecision>Seconds</t:DateTimePrecision>")]
    [InlineData(ExchangeVersion.Exchange2013, "<t:LegacyFreeBusyStatus>WorkingElsewhere</t:LegacyFreeBusyStatus>", "")]
    public async Task An_element_newer_than_the_named_version_is_a_schema_violation(ExchangeVersion since, string element, string header)
    {
        await using var exchange = await Start();
        var body = Ask.Create($"<t:Start>2026-03-03T08:00:00Z</t:Start><t:End>2026-03-03T09:00:00Z</t:End>{element}");
        foreach (var version in Enum.GetValues<ExchangeVersion>().Where(v => v < since))
        {
            Assert.Equal("ErrorSchemaValidation", await exchange.Fault(body, version.ToString(), headers: header));
        }
        Assert.Equal("ErrorSchemaValidation", await exchange.Fault(body, version: null, headers: header));
        Assert.Equal("NoError", Code((await exchange.Ask(body, since.ToString(), headers: header)).Single()));
    }

    private static (string Body, string Before) Prepared(Organisation exchange, string operation)
    {
        var id = Add(exchange, "A");
        return (Bodies(id, exchange.Mailbox.Find(id)!.ChangeKey)[operation], Picture(exchange));
    }

    private static Dictionary<string, string> Bodies(string id, string key) => new(StringComparer.Ordinal)
    {
        ["GetFolder"] = Ask.GetFolder(),
        ["FindFolder"] = """<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:ParentFolderIds><t:DistinguishedFolderId Id="root"/></m:ParentFolderIds></m:FindFolder>""",
        ["SyncFolderItems"] = Ask.Sync(),
        ["GetItem"] = Ask.GetItem(id),
        ["FindItem"] = Ask.View("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
        ["CreateItem"] = Ask.Create("<t:Subject>B</t:Subject>"),
        ["UpdateItem"] = Ask.Update(id, key, Ask.Set("item:Subject", "<t:Subject>C</t:Subject>")),
        ["DeleteItem"] = Ask.Delete(id),
        ["MoveItem"] = Carry("MoveItem", id),
        ["CopyItem"] = Carry("CopyItem", id),
        ["ResolveNames"] = """<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>alice</m:UnresolvedEntry></m:ResolveNames>""",
        ["GetServerTimeZones"] = "<m:GetServerTimeZones/>",
    };

    private static string Carry(string operation, string id) =>
        $"""<m:{operation}><m:ToFolderId><t:DistinguishedFolderId Id="{(operation == "MoveItem" ? "deleteditems" : "calendar")}"/></m:ToFolderId><m:ItemIds><t:ItemId Id="{id}"/></m:ItemIds></m:{operation}>""";

    private static string Picture(Organisation exchange) =>
        string.Join(';', exchange.Mailbox.Calendar.Select(e => $"{e.ItemId} {e.ChangeKey} {e.Fields.Subject}"));

    private static string Add(Organisation exchange, string subject) =>
        exchange.Mailbox.Person.Adds(new EventDraft(subject, exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)));
}

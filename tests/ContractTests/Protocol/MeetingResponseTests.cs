using System.Text;
using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

public sealed class MeetingResponseTests
{
    private static readonly XNamespace T = Ews.Types;

    [Theory]
    [InlineData("CreateItem, accept", "AcceptItem")]
    [InlineData("CreateItem, tentative", "TentativelyAcceptItem")]
    [InlineData("CreateItem, decline", "DeclineItem")]
    public void A_response_names_the_item_with_its_change_key_and_is_mailed_to_the_organiser(string request, string element)
    {
        var body = XDocument.Load(new MemoryStream(Requests.All[request](FakeServer.Context)))
            .Descendants(XName.Get("CreateItem", Ews.Messages))
            .Single();
        Assert.Equal("MessageDisposition=\"SendAndSaveCopy\"", string.Join(' ', body.Attributes()));
        var reference = body.Descendants(T + element).Single().Elements().Single();
        Assert.Equal(T + "ReferenceItemId", reference.Name);
        Assert.Equal(
            (Requests.Item.Id, Requests.Item.ChangeKey), (reference.Attribute("Id")!.Value, reference.Attribute("ChangeKey")!.Value));
    }

    [Fact]
    public void Nothing_of_ours_but_a_response_is_mailed() => Assert.All(
        Requests.All.Where(
            r => r.Key.StartsWith("CreateItem", StringComparison.Ordinal) || r.Key.StartsWith("UpdateItem", StringComparison.Ordinal)),
        request =>
        {
            var isResponse = request.Key is "CreateItem, accept" or "CreateItem, tentative" or "CreateItem, decline";
            Assert.Equal(
                !isResponse,
                Encoding.UTF8.GetString(request.Value(FakeServer.Context)).Contains("\"SendToNone\"", StringComparison.Ordinal));
        });

    [Fact]
    public async Task An_accepted_meeting_can_have_another_id()
    {
        var item = (await Respond(Encoding.UTF8.GetString(Samples.Bytes("createitem-acceptitem-response.xml")))).Value!.CalendarItem;
        Assert.Equal(("AAMkAGQ1c3RhZmYtbWFpbGJveABGAAAAAAMt2AAA=", "DwAAABYAAABe5"), (item!.Id, item.ChangeKey));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("<m:Items/>", null)]
    [InlineData("""<m:Items><t:MeetingRequest><t:ItemId Id="R="/></t:MeetingRequest></m:Items>""", null)]
    [InlineData("""<m:Items><t:MeetingResponse><t:ItemId Id="R="/></t:MeetingResponse><t:CalendarItem><t:ItemId Id="C="/></t:CalendarItem></m:Items>""", "C=")]
    public async Task A_decline_names_nothing_and_of_what_is_named_only_a_calendar_item_counts(string items, string? expected)
    {
        var answer = await Respond(Message("Success", $"<m:ResponseCode>NoError</m:ResponseCode>{items}"));
        Assert.True(answer.Succeeded);
        Assert.Equal(expected, answer.Value.CalendarItem?.Id);
    }

    [Theory]
    [InlineData("ErrorCalendarIsOrganizerForAccept")]
    [InlineData("ErrorCalendarIsCancelledForTentative")]
    [InlineData("ErrorCalendarIsDelegatedForDecline")]
    [InlineData("ErrorCalendarMeetingRequestIsOutOfDate")]
    [InlineData("ErrorItemNotFound")]
    [InlineData("ErrorIrresolvableConflict")]
    [InlineData("ErrorStaleObject")]
    [InlineData("ErrorChangeKeyRequired")]
    public async Task A_refusal_of_one_meeting_is_a_value(string code) => Assert.Equal(
        code,
        (await Respond(Message("Error",
            $"<m:MessageText>No.</m:MessageText><m:ResponseCode>{code}</m:ResponseCode><m:Items/>"))).Error!.Code);

    [Fact]
    public void Nothing_is_answered_without_a_change_key() =>
        Assert.Throws<ArgumentNullException>(() => new CreateMeetingResponse(new ItemId("A=", null), MeetingResponseObject.AcceptItem));

    private static Task<EwsResult<MeetingResponded>> Respond(string answer) =>
        FakeServer.Answering(answer).Call(new CreateMeetingResponse(Requests.Item, MeetingResponseObject.DeclineItem));

    private static string Message(string responseClass, string content) => FakeServer.Envelope(
        $"""<m:CreateItemResponse><m:ResponseMessages><m:CreateItemResponseMessage ResponseClass="{responseClass}">{content}</m:CreateItemResponseMessage></m:ResponseMessages></m:CreateItemResponse>""");
}

using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

public sealed class RequestTextTests
{
    private static readonly XNamespace T = Ews.Types;

    [Fact]
    public void Instants_go_as_utc_and_zones_by_id_alone()
    {
        var item = Written("CreateItem").Descendants(T + "CalendarItem").Single();
        Assert.Equal("2026-03-03T08:00:00Z", item.Element(T + "Start")!.Value);
        Assert.Equal("<StartTimeZone Id=\"W. Europe Standard Time\" />", WithoutNamespaces(item.Element(T + "StartTimeZone")!));
        Assert.Equal("<EndTimeZone Id=\"W. Europe Standard Time\" />", WithoutNamespaces(item.Element(T + "EndTimeZone")!));
    }

    [Fact]
    public void New_times_go_with_both_zones_and_all_day()
    {
        Assert.Equal(
            ["Start", "End", "IsAllDayEvent", "StartTimeZone", "EndTimeZone"],
            SetFields("UpdateItem, times", ExchangeServerVersion.Exchange2010));
    }

    [Fact]
    public void In_2007_new_times_go_in_utc_without_zones()
    {
        Assert.Equal(["Start", "End", "IsAllDayEvent"], SetFields("UpdateItem, times", ExchangeServerVersion.Exchange2007_SP1));
    }

    [Fact]
    public void Each_change_of_an_update_carries_exactly_one_property()
    {
        foreach (var set in Written("UpdateItem").Descendants(T + "SetItemField"))
            Assert.Single(set.Element(T + "CalendarItem")!.Elements());
    }

    [Fact]
    public void An_empty_text_is_removed_by_an_update_and_left_out_by_a_create()
    {
        var removed = Written("UpdateItem, removals").Descendants(T + "DeleteItemField")
            .Select(field => field.Element(T + "FieldURI")!.Attribute("FieldURI")!.Value);
        Assert.Equal([Field.Subject, Field.Body, Field.Location], removed);
        Assert.Empty(Written("CreateItem, bare").Descendants(T + "Location"));
    }

    [Fact]
    public void Characters_that_xml_cannot_carry_are_stripped_and_all_others_kept()
    {
        var update = Written("UpdateItem");
        Assert.Equal("Haircut <J. Doe> &  \uD83D\uDE00 ", update.Descendants(T + "Subject").Single().Value);
        Assert.Equal("Ref 7\r\nbring a hat\n", update.Descendants(T + "Body").Single().Value);
    }

    [Fact]
    public void A_move_goes_nowhere_that_does_not_say_whose_folder_it_is() =>
        Assert.Throws<ArgumentException>(() => new MoveCalendarItem(Requests.Item, new FolderRef.Distinguished("deleteditems", null)));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("tab\tline\r\n", "tab\tline\r\n")]
    [InlineData("a\0b\u001Ac\uFFFEd\uFFFF", "abcd")]
    public void Legal_text(string text, string legal) => Assert.Equal(legal, XmlText.Legal(text));

    // Attributes of .NET cannot hold half a pair, so this is no row above.
    [Fact]
    public void Half_a_surrogate_pair_is_no_legal_text() => Assert.Equal("\uD83D\uDE00", XmlText.Legal("\uDE00\uD83D\uDE00\uD83D"));

    [Theory]
    [InlineData("CreateItem", "SendMeetingInvitations")]
    [InlineData("UpdateItem", "SendMeetingInvitationsOrCancellations")]
    [InlineData("DeleteItem, final", "SendMeetingCancellations")]
    public void No_write_mails_anybody(string request, string attribute)
    {
        var operation = Written(request).Descendants(XName.Get("Body", Ews.Soap)).Single().Elements().Single();
        Assert.Equal("SendToNone", operation.Attribute(attribute)!.Value);
        Assert.Null(operation.Attribute("MessageDisposition"));
    }

    [Fact]
    public void An_update_needs_a_change_key_and_a_change()
    {
        Assert.Throws<ArgumentNullException>(
            () => new Infrastructure.Exchange.Protocol.Operations.UpdateCalendarItem(new ItemId("A=", null), Requests.FullUpdate));
        Assert.Throws<ArgumentException>(
            () => new Infrastructure.Exchange.Protocol.Operations.UpdateCalendarItem(Requests.Item, new CalendarItemUpdate()));
    }

    [Fact]
    public void Impersonation_names_the_mailbox_by_its_address()
    {
        var connecting = Written("GetFolder", impersonate: true).Descendants(T + "ConnectingSID").Single();
        Assert.Equal("alice@contoso.example", connecting.Element(T + "PrimarySmtpAddress")!.Value);
        Assert.Empty(Written("GetFolder").Descendants(T + "ExchangeImpersonation"));
    }

    private static IEnumerable<string> SetFields(string request, ExchangeServerVersion version) =>
        Written(request, version).Descendants(T + "SetItemField")
            .Select(field => field.Element(T + "CalendarItem")!.Elements().Single().Name.LocalName);

    private static XDocument Written(
        string request,
        ExchangeServerVersion version = ExchangeServerVersion.Exchange2013_SP1,
        bool impersonate = false) =>
        XDocument.Load(new MemoryStream(Requests.All[request](new(version, "alice@contoso.example", impersonate))));

    private static string WithoutNamespaces(XElement element) =>
        new XElement(element.Name.LocalName, element.Attributes().Where(a => !a.IsNamespaceDeclaration)).ToString();
}

using System.Net;
using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

/// <summary>
/// What the fuzzer found (docs/proofs.md, "Answers that no server should give"): damage that was read as something else, or threw what
/// nobody expects.
/// </summary>
public sealed class DamagedAnswersTests
{
    private const string Secret = "Dr Secret, oncology";

    private static readonly string Item = Answer("GetItem", $"""
        <m:Items><t:CalendarItem><t:ItemId Id="A="/><t:Subject>{Secret}</t:Subject><t:Sensitivity>Private</t:Sensitivity>
        <t:Start>2026-03-03T08:00:00Z</t:Start><t:IsAllDayEvent>true</t:IsAllDayEvent></t:CalendarItem></m:Items>
        """);

    private static readonly string Page = Answer("SyncFolderItems", """
        <m:SyncState>H4sI</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes><t:Delete><t:ItemId Id="A="/></t:Delete></m:Changes>
        """);

    private static readonly string View = Answer("FindItem", """
        <m:RootFolder IncludesLastItemInRange="true"><t:Items><t:CalendarItem><t:ItemId Id="A="/></t:CalendarItem></t:Items></m:RootFolder>
        """);

    public static TheoryData<string, byte[]> Undecodable => new()
    {
        { "a byte that is no UTF-8, among the first", [0xFF, .. Encoding.UTF8.GetBytes(Item)] },
        { "bytes of EBCDIC", [0x4C, 0x6F, 0xA7, 0x94] },

        {
            "a byte that is no UTF-8, far inside a long text",
            [.. Encoding.UTF8.GetBytes(Split().Before + new string('x', 100_000)), 0xFF, .. Encoding.UTF8.GetBytes(Split().After)]
        },

        {
            "an unknown entity behind a long text",
            Encoding.UTF8.GetBytes(Split().Before + new string('x', 100_000) + "&secret;" + Split().After)
        },
        { "UTF-16", Encoding.Unicode.GetBytes("\uFEFF" + Item) },
        { "Latin-1 that says so", Encoding.Latin1.GetBytes("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>" + Item) },

        {
            "ASCII that says so and is not",
            Encoding.UTF8.GetBytes(
                "<?xml version=\"1.0\" encoding=\"us-ascii\"?>" + Item.Replace(Secret, "Größe", StringComparison.Ordinal))
        },
    };

    [Theory]
    [MemberData(nameof(Undecodable))]
    public async Task An_answer_in_no_encoding_of_ours_is_malformed_and_never_quoted(string what, byte[] body)
    {
        var failure = await Assert.ThrowsAsync<EwsMalformedResponseException>(() => Ask(body));
        Assert.False(failure.ToString().Contains("secret", StringComparison.OrdinalIgnoreCase), what);
    }

    [Theory]
    [InlineData("<t:Subject>a<t:b>c</t:b>d")]
    [InlineData("<t:Subject><t:Subject>nested</t:Subject>")]
    public async Task An_element_in_a_text_is_malformed_and_never_taken_for_the_text(string subject) =>
        await Assert.ThrowsAsync<EwsMalformedResponseException>(
            () => Ask(Item.Replace($"<t:Subject>{Secret}", subject, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("A&#x1;")]
    [InlineData("&#xFFFE;")]
    public async Task An_id_that_could_not_be_sent_back_is_malformed(string id) =>
        await Assert.ThrowsAsync<EwsMalformedResponseException>(
            () => Ask(Item.Replace("Id=\"A=\"", $"Id=\"{id}\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("tru")]
    [InlineData("")]
    [InlineData("yes")]
    public async Task A_truth_value_that_is_none_is_unknown_and_not_false(string word) =>
        Assert.Null((await Ask(Item.Replace(">true<", $">{word}<", StringComparison.Ordinal))).IsAllDayEvent);

    [Fact]
    public async Task A_sensitivity_that_nobody_knows_counts_as_private() =>
        Assert.Equal(Sensitivity.Private, (await Ask(Item.Replace(">Private<", ">Secluded<", StringComparison.Ordinal))).Sensitivity);

    [Theory]
    [InlineData("</s:Body>", "</s:Body><s:Body/>")]
    [InlineData("</s:Body>", "<m:GetItemResponse/></s:Body>")]
    public async Task Two_answers_in_one_are_malformed(string end, string more) =>
        await Assert.ThrowsAsync<EwsMalformedResponseException>(() => Ask(Item.Replace(end, more, StringComparison.Ordinal)));

    [Theory]
    [InlineData("<m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>", "")]
    [InlineData("<m:IncludesLastItemInRange>true", "<m:IncludesLastItemInRange>tru")]
    [InlineData("<m:SyncState>H4sI</m:SyncState>", "")]
    public async Task A_page_that_does_not_say_whether_it_is_the_last_is_malformed(string part, string instead) =>
        await Assert.ThrowsAsync<EwsMalformedResponseException>(() => Sync(Page.Replace(part, instead, StringComparison.Ordinal)));

    [Fact]
    public async Task Changes_and_items_that_come_in_two_lists_are_all_read()
    {
        var page =
            await Sync(Page.Replace("</m:Changes>", "</m:Changes><m:Changes><t:Delete><t:ItemId Id=\"B=\"/></t:Delete></m:Changes>",
                StringComparison.Ordinal));
        Assert.Equal(["A=", "B="], page.Changes.Select(c => c.ItemId.Id));
        var view =
            await Find(View.Replace("</t:Items>", "</t:Items><t:Items><t:CalendarItem><t:ItemId Id=\"B=\"/></t:CalendarItem></t:Items>",
                StringComparison.Ordinal));
        Assert.Equal(["A=", "B="], view.Items.Select(i => i.ItemId.Id));
    }

    [Theory]
    [InlineData("<t:Items>", "<t:Other>", "</t:Items>", "</t:Other>")]
    [InlineData("<m:RootFolder ", "<m:RootFolder><t:Items/></m:RootFolder><m:RootFolder ", "", "")]
    public async Task A_view_without_its_items_is_malformed_and_no_empty_calendar(string part, string instead, string end, string otherEnd)
    {
        var body = View.Replace(part, instead, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EwsMalformedResponseException>(
            () => Find(end.Length == 0 ? body : body.Replace(end, otherEnd, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Error with words")]
    [InlineData("Error<Mark>")]
    public async Task What_cannot_be_a_code_is_none(string code)
    {
        var body = FakeServer.Envelope($"<s:Fault><faultcode>{WebUtility.HtmlEncode(code)}</faultcode></s:Fault>");
        var fault = await Assert.ThrowsAsync<EwsFaultException>(
            () => FakeServer.Answering(body, HttpStatusCode.InternalServerError).Call(new GetItem([Requests.Item], Requests.Shape)));
        Assert.Equal("Unknown", fault.ResponseCode);
    }

    [Fact]
    public async Task A_failure_is_told_in_few_words_however_long_the_names_are()
    {
        var name = new string('n', 100_000);
        var failure =
            await Assert.ThrowsAsync<EwsMalformedResponseException>(() =>
                Ask(Item.Replace("t:CalendarItem>", $"t:{name}>", StringComparison.Ordinal)
                    .Replace("<t:ItemId Id=\"A=\"/>", "", StringComparison.Ordinal)));
        Assert.InRange(failure.Message.Length, 1, 400);
    }

    private static (string Before, string After) Split() =>
        (Item[..Item.IndexOf(Secret, StringComparison.Ordinal)], Item[(Item.IndexOf(Secret, StringComparison.Ordinal) + Secret.Length)..]);

    private static string Answer(string operation, string payload) => FakeServer.Envelope(
        $"""<m:{operation}Response><m:ResponseMessages><m:{operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{payload}</m:{operation}ResponseMessage></m:ResponseMessages></m:{operation}Response>""");

    private static Task<CalendarItem> Ask(string body) => Ask(Encoding.UTF8.GetBytes(body));

    private static async Task<CalendarItem> Ask(byte[] body) =>
        Assert.Single(await FakeServer.Answering(body).Call(new GetItem([Requests.Item], Requests.Shape))).ValueOrThrow();

    private static Task<SyncPage> Sync(string body) => FakeServer.Answering(body).Call(new SyncFolderItems(Requests.Known, null, 512));

    private static Task<CalendarViewPage> Find(string body) =>
        FakeServer.Answering(body).Call(new FindCalendarView(Requests.Known, default, default, Requests.Shape));
}

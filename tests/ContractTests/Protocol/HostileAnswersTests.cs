using System.Net;
using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

public sealed class HostileAnswersTests
{
    private const string Secret = "Dr Secret, oncology";

    private static readonly string Item = FakeServer.Envelope($"""
        <m:GetItemResponse><m:ResponseMessages><m:GetItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>
        <m:Items><t:CalendarItem><t:ItemId Id="A="/><t:Subject>{Secret}</t:Subject><t:Start>2026-03-03T08:00:00Z</t:Start></t:CalendarItem></m:Items>
        </m:GetItemResponseMessage></m:ResponseMessages></m:GetItemResponse>
        """);

    public static TheoryData<string, string> Malformed => new()
    {
        { "a DTD", "<!DOCTYPE s:Envelope SYSTEM \"file:///etc/passwd\">" + Item },

        {
            "an entity bomb",
            "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>" + Item.Replace(Secret, "&b;",
                StringComparison.Ordinal)
        },
        { "an unknown entity", Item.Replace(Secret, "&" + "secret;", StringComparison.Ordinal) },
        { "a page of HTML", $"<!DOCTYPE html><html><body>{Secret}</body></html>" },
        { "XHTML without a DTD", $"<html><body>{Secret}</body></html>" },
        { "text", Secret },
        { "nothing", "" },
        { "another operation's answer", Item.Replace("GetItemResponse>", "FindItemResponse>", StringComparison.Ordinal) },
        { "a foreign namespace", Item.Replace(Ews.Messages, "urn:other", StringComparison.Ordinal) },
        { "no body", $"<s:Envelope xmlns:s=\"{Ews.Soap}\"><s:Header/></s:Envelope>" },
        { "an empty body", FakeServer.Envelope("") },
        { "no messages", FakeServer.Envelope("<m:GetItemResponse/>") },
        { "a success without an item", FakeServer.Envelope("""<m:GetItemResponse><m:ResponseMessages><m:GetItemResponseMessage ResponseClass="Success"><m:Items/></m:GetItemResponseMessage></m:ResponseMessages></m:GetItemResponse>""") },
        { "an item without its id", Item.Replace("<t:ItemId Id=\"A=\"/>", "", StringComparison.Ordinal) },
        { "an id without its value", Item.Replace("Id=\"A=\"", "", StringComparison.Ordinal) },
        { "a late end tag", Item + "</oops>" },

        {
            "deep nesting",
            Item.Replace(
                Secret,
                string.Concat(Enumerable.Repeat("<t:a>", 5000)) + string.Concat(Enumerable.Repeat("</t:a>", 5000)),
                StringComparison.Ordinal)
        },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task An_answer_that_is_none_of_ours_is_malformed_and_never_quoted(string what, string body)
    {
        var failure = await Assert.ThrowsAsync<EwsMalformedResponseException>(() => Ask(FakeServer.Answering(body)));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(failure.Message.StartsWith("GetItem: malformed response: ", StringComparison.Ordinal), what);
    }

    [Fact]
    public async Task An_answer_cut_anywhere_is_malformed()
    {
        for (var length = 1; length < Item.TrimEnd().Length; length += 7)
            await Assert.ThrowsAsync<EwsMalformedResponseException>(() => Ask(FakeServer.Answering(Item[..length])));
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        var endless = new FakeServer(
            (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) }));
        var failure = await Assert.ThrowsAsync<EwsMalformedResponseException>(() => Ask(endless));
        Assert.Contains("larger than", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&#x1A;")]
    [InlineData("&#x0;")]
    [InlineData("&#xFFFE;")]
    [InlineData("&#xD83D;")]
    public async Task A_reference_to_an_illegal_character_is_dropped(string reference)
    {
        var item = Assert.Single(await Ask(FakeServer.Answering(Item.Replace(Secret, $"a{reference}b", StringComparison.Ordinal))))
            .ValueOrThrow();
        Assert.Equal("ab", item.Subject);
    }

    [Fact]
    public async Task Raw_control_bytes_become_blanks()
    {
        foreach (var control in Enumerable.Range(0, 32).Except([9, 10, 13]))
        {
            var item = Assert.Single(await Ask(FakeServer.Answering(Item.Replace(Secret, $"a{(char)control}ü", StringComparison.Ordinal))))
                .ValueOrThrow();
            Assert.Equal("a ü", item.Subject);
        }
    }

    [Fact]
    public async Task Text_may_come_in_pieces()
    {
        var item = Assert.Single(
            await Ask(FakeServer.Answering(Item.Replace(Secret, "a<![CDATA[<b>]]><!-- no -->c", StringComparison.Ordinal)))).ValueOrThrow();
        Assert.Equal("a<b>c", item.Subject);
    }

    [Fact]
    public async Task A_body_larger_than_a_chunk_reads_like_a_small_one()
    {
        var subject = new string('ä', 200_000);
        var item = Assert.Single(await Ask(FakeServer.Answering(Item.Replace(Secret, subject, StringComparison.Ordinal)))).ValueOrThrow();
        Assert.Equal(subject, item.Subject);
    }

    [Theory]
    [InlineData("2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z", false)]
    [InlineData("2026-03-03T09:00:00.1234567+01:00", "2026-03-03T08:00:00Z", false)]
    [InlineData("2026-03-03T08:00:00", "2026-03-03T08:00:00Z", true)]
    [InlineData("yesterday", null, false)]
    [InlineData("9999-12-31T00:00:00Z", null, false)]
    [InlineData("0001-01-01T00:00:00Z", null, false)]
    public async Task Times_read_as_utc(string wire, string? utc, bool zoneless)
    {
        var item = Assert.Single(await Ask(FakeServer.Answering(Item.Replace("2026-03-03T08:00:00Z", wire, StringComparison.Ordinal))))
            .ValueOrThrow();
        Assert.Equal(utc, item.Start is { } start ? EwsTime.Format(start) : null);
        Assert.Equal(zoneless, item.TimesWithoutZone);
    }

    [Fact]
    public async Task A_code_nobody_has_heard_of_is_an_error_like_any_other()
    {
        var answer = Item.Replace("\"Success\"", "\"Error\"", StringComparison.Ordinal)
            .Replace("NoError", "ErrorOfNextYear", StringComparison.Ordinal);
        Assert.Equal("ErrorOfNextYear", Assert.Single(await Ask(FakeServer.Answering(answer))).Error!.Code);
    }

    [Theory]
    [InlineData("<faultcode>a:ErrorServerBusy</faultcode>")]
    [InlineData("\n    <faultcode>\n      a:ErrorServerBusy\n    </faultcode>\n  ")]
    [InlineData("<faultcode>\n  Client\n</faultcode><detail>\n  <e:ResponseCode xmlns:e=\"http://schemas.microsoft.com/exchange/services/2006/errors\">\n    ErrorServerBusy\n  </e:ResponseCode>\n</detail>")]
    [InlineData("<faultcode>a:ErrorServerBusy</faultcode><detail><e:ResponseCode xmlns:e=\"http://schemas.microsoft.com/exchange/services/2006/errors\">  </e:ResponseCode></detail>")]
    [InlineData("<faultcode>Client</faultcode><detail><e:ResponseCode xmlns:e=\"http://schemas.microsoft.com/exchange/services/2006/errors\">ErrorServerBusy</e:ResponseCode></detail>")]
    public async Task A_fault_names_its_code_in_either_place(string children)
    {
        var fault = FakeServer.Answering(FakeServer.Envelope($"<s:Fault>{children}</s:Fault>"), HttpStatusCode.InternalServerError);
        Assert.Equal("ErrorServerBusy", (await Assert.ThrowsAsync<EwsFaultException>(() => Ask(fault))).ResponseCode);
    }

    [Fact]
    public async Task A_busy_server_behind_an_internal_error_is_a_busy_server()
    {
        const string details =
            "<m:MessageXml><t:Value Name=\"InnerErrorResponseCode\">ErrorServerBusy</t:Value><t:Value Name=\"BackOffMilliseconds\">2500</t:Value></m:MessageXml>";
        var answer = Item.Replace("\"Success\"", "\"Error\"", StringComparison.Ordinal)
            .Replace("NoError</m:ResponseCode>", "ErrorInternalServerError</m:ResponseCode>" + details, StringComparison.Ordinal);
        var error = Assert.Single(await Ask(FakeServer.Answering(answer))).Error!;
        Assert.Equal(("ErrorServerBusy", TimeSpan.FromMilliseconds(2500)), (error.Code, error.BackOff));
    }

    [Fact]
    public async Task A_pretty_printed_error_is_the_same_error()
    {
        const string details =
            "<m:MessageXml>\n<t:Value Name=\"InnerErrorResponseCode\">\n ErrorServerBusy\n</t:Value>\n<t:Value Name=\"BackOffMilliseconds\">\n 2500\n</t:Value></m:MessageXml>";
        var answer = Item.Replace("\"Success\"", "\"Error\"", StringComparison.Ordinal)
            .Replace("NoError</m:ResponseCode>", "\n  ErrorInternalServerError\n</m:ResponseCode>" + details, StringComparison.Ordinal);
        var error = Assert.Single(await Ask(FakeServer.Answering(answer))).Error!;
        Assert.Equal(("ErrorServerBusy", TimeSpan.FromMilliseconds(2500)), (error.Code, error.BackOff));
    }

    [Fact]
    public async Task One_error_for_a_whole_batch_is_thrown()
    {
        var answer = Item.Replace("\"Success\"", "\"Error\"", StringComparison.Ordinal)
            .Replace("NoError", "ErrorTimeoutExpired", StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<EwsResponseException>(() =>
            FakeServer.Answering(answer).Call(new GetItem([Requests.Item, Requests.Item], Requests.Shape)));
        Assert.Equal("ErrorTimeoutExpired", failure.ResponseCode);
    }

    private static Task<IReadOnlyList<EwsResult<CalendarItem>>> Ask(FakeServer server) =>
        server.Call(new GetItem([Requests.Item], Requests.Shape));

    private sealed class Endless : MemoryStream
    {
        private static readonly byte[] Filler = Encoding.UTF8.GetBytes(new string('x', 64 * 1024));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Filler.AsSpan(0, buffer.Length).CopyTo(buffer.Span);
            return ValueTask.FromResult(buffer.Length);
        }
    }
}

using System.Globalization;
using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

/// <summary>What a hostile or broken server can make the client do is bounded in bytes, and so in time.</summary>
public sealed class BoundedAnswersTests
{
    private const int Megabyte = 1024 * 1024;

    private static readonly Dictionary<string, Func<string>> Pages = new(StringComparer.Ordinal)
    {
        ["a million attributes on one element"] = () =>
            Page("s", attributes: Many(i => string.Create(CultureInfo.InvariantCulture, $" a{i}=\"\""), 1_000_000)),
        ["a million namespaces on one element"] = () =>
            Page("s", attributes: Many(i => string.Create(CultureInfo.InvariantCulture, $" xmlns:a{i}=\"u:{i}\""), 700_000)),
        ["an attribute of ten megabytes"] = () => Page("s", attributes: $" a='{new string('>', 10 * Megabyte)}'"),
        ["a name of ten megabytes"] = () =>
            Page("s").Replace("<m:Changes/>", $"<{new string('n', 10 * Megabyte)}/>", StringComparison.Ordinal),
        ["a sync state of more than a megabyte"] = () => Page(new string('s', Megabyte + 1)),
        ["a sync state in pieces"] = () => Page($"{new string('s', Megabyte / 2)}<![CDATA[{new string('s', Megabyte / 2)}]]><!-- -->s"),
        ["a sync state of fifteen megabytes"] = () => Page(new string('s', 15 * Megabyte)),
        ["an item id of more than four kilobytes"] = () => Changes(Change(new string('i', 4097), "k")),
        ["a change key of more than four kilobytes"] = () => Changes(Change("i", new string('k', 4097))),
        ["more changes than were asked for"] = () =>
            Changes(Many(i => Change(string.Create(CultureInfo.InvariantCulture, $"i{i}"), "k"), 40_000)),
    };

    public static TheoryData<string> Oversized => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Oversized))]
    public void What_is_too_large_is_refused_before_much_of_it_is_read_or_kept(string what)
    {
        var body = Encoding.UTF8.GetBytes(Pages[what]());
        using var counted = new CountedStream(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<EwsMalformedResponseException>(() => Read(counted));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(failure.Message.Length < 200, failure.Message);
        Assert.True(allocated < 16 * Megabyte, $"{what}: {allocated:N0} bytes were allocated for a body of {body.Length:N0}.");
        Assert.True(counted.Position < 3 * Megabyte, $"{what}: {counted.Position:N0} bytes were read.");
    }

    [Fact]
    public void What_is_just_small_enough_is_read()
    {
        var (state, id) = (new string('s', Megabyte), new string('i', 4096));
        Assert.Equal(state, Read(Page(state)).SyncState);
        var change = Assert.Single(Read(Changes(Change(id, id))).Changes);
        Assert.Equal((id, id), (change.ItemId.Id, change.ItemId.ChangeKey));
        Assert.Equal("s", Read(Page("s", attributes: $" a=\"{new string('>', 65_000)}\"")).SyncState);
    }

    [Fact]
    public void Text_that_looks_like_a_tag_is_none()
    {
        var noTag = string.Concat(Enumerable.Repeat("<a b='", 20_000));
        Assert.Equal(noTag, Read(Page($"<!-- {noTag} --><![CDATA[{noTag}]]><?{noTag.Replace('<', 'x')} ?>")).SyncState);
    }

    [Fact]
    public void An_invitations_uid_of_great_length_is_none_and_spoils_nothing_else()
    {
        var page = Read(Changes(Change("i", "k", new string('u', 5000)) + Change("j", "k", "short")));
        Assert.Equal([null, "short"], page.Changes.Select(c => c.Uid));
    }

    [Fact]
    public void A_view_of_more_items_than_were_asked_for_and_a_subscription_of_great_length_are_refused()
    {
        var items = Many(i => string.Create(CultureInfo.InvariantCulture, $"<t:CalendarItem><t:ItemId Id=\"i{i}\"/></t:CalendarItem>"), 11);
        var view = FakeServer.Envelope($"""<m:FindItemResponse><m:ResponseMessages><m:FindItemResponseMessage ResponseClass="Success"><m:RootFolder IncludesLastItemInRange="true"><t:Items>{items}</t:Items></m:RootFolder></m:FindItemResponseMessage></m:ResponseMessages></m:FindItemResponse>""");
        var now = DateTimeOffset.UnixEpoch;
        Assert.Equal(
            11, Read(view, new FindCalendarView(new FolderRef.ById("f"), now, now.AddDays(1), CalendarItemShape.IdsOnly, 11)).Items.Count);
        Assert.Throws<EwsMalformedResponseException>(
            () => Read(view, new FindCalendarView(new FolderRef.ById("f"), now, now.AddDays(1), CalendarItemShape.IdsOnly, 10)));

        var subscribed = FakeServer.Envelope($"""<m:SubscribeResponse><m:ResponseMessages><m:SubscribeResponseMessage ResponseClass="Success"><m:SubscriptionId>{new string('s', 4097)}</m:SubscriptionId></m:SubscribeResponseMessage></m:ResponseMessages></m:SubscribeResponse>""");
        Assert.Throws<EwsMalformedResponseException>(() => Read(subscribed, new SubscribeToStreaming(new FolderRef.ById("f"))));
    }

    private static SyncPage Read(string body) => Read(body, Operation);

    private static T Read<T>(string body, IEwsOperation<T> operation)
    {
        using var xml = new EwsXmlReader(new MemoryStream(Encoding.UTF8.GetBytes(body)));
        return SoapEnvelope.Read(xml, operation, out _);
    }

    private static void Read(Stream body)
    {
        using var xml = new EwsXmlReader(body);
        SoapEnvelope.Read(xml, Operation, out _);
    }

    private static SyncFolderItems Operation => new(new FolderRef.ById("f"), null, 512);

    private static string Changes(string changes) =>
        Page("s").Replace("<m:Changes/>", $"<m:Changes>{changes}</m:Changes>", StringComparison.Ordinal);

    private static string Change(string id, string key, string uid = "u") =>
        $"<t:Create><t:CalendarItem><t:ItemId Id=\"{id}\" ChangeKey=\"{key}\"/><t:UID>{uid}</t:UID></t:CalendarItem></t:Create>";

    private static string Page(string state, string attributes = "") => FakeServer.Envelope($"""
        <m:SyncFolderItemsResponse><m:ResponseMessages><m:SyncFolderItemsResponseMessage ResponseClass="Success"{attributes}><m:ResponseCode>NoError</m:ResponseCode>
        <m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes/>
        </m:SyncFolderItemsResponseMessage></m:ResponseMessages></m:SyncFolderItemsResponse>
        """);

    private static string Many(Func<int, string> one, int count)
    {
        var all = new StringBuilder();
        for (var i = 0; i < count; i++) all.Append(one(i));
        return all.ToString();
    }

    private sealed class CountedStream(byte[] bytes) : MemoryStream(bytes);
}

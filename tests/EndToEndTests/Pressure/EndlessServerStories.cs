using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.Pressure;

/// <summary>
/// A server whose answers lead nowhere ends a pass soon, cheaply, and with words for the admin; the next pass on a sane server is as if
/// nothing had been.
/// </summary>
public sealed partial class EndlessServerStories : IDisposable
{
    private const long Megabyte = 1024 * 1024;
    private readonly TemporaryFolder folder = new();
    private readonly VirtualThread thread = new(new DateTimeOffset(2026, 7, 6, 8, 0, 0, TimeSpan.Zero));
    private readonly VirtualExchange exchange;
    private int asked;

    public EndlessServerStories() => exchange = new VirtualExchange(thread, 1);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("the same page again and again", 3)]
    [InlineData("new cursors without news", 12)]
    [InlineData("new items for ever", 1002)]
    [InlineData("series for ever", 1002)]
    [InlineData("a view that is always cut", 25)]
    [InlineData("a view that is cut down to minutes", 510)]
    [InlineData("a million attributes", 10)]
    public void A_first_pass_ends_and_says_why_and_a_later_one_on_a_sane_server_goes_well(string what, int mostCalls) =>
        thread.Run(async () =>
    {
        await using var node = await VirtualNode.Start(thread, exchange, folder.Path);
        await node.Connect(1);
        var attributes = what == "a million attributes"
            ? Answer("SyncFolderItems", "", string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $" a{i}=''")))
            : null;
        var own = 0L;
        exchange.Answer = (call, request) =>
        {
            var begun = GC.GetAllocatedBytesForCurrentThread();
            var answer = Of(call, request);
            own += GC.GetAllocatedBytesForCurrentThread() - begun;
            return answer;
        };
        byte[]? Of(VirtualCall call, string request) => (what, call.Operation) switch
        {
            ("the same page again and again", "SyncFolderItems") => Changes("s", ""),
            ("new cursors without news", "SyncFolderItems") => Changes(Next(), Item("a", "Single")),
            ("new items for ever", "SyncFolderItems") => Changes(Next(), Item($"item{asked}", "Single")),
            ("series for ever", "SyncFolderItems") =>
                Changes(
                    Next(),
                    string.Concat(Enumerable.Range(0, 8).Select(i => Item($"{i}{asked}{new string('m', 4000)}", "RecurringMaster")))),
            ("a view that is always cut", "FindItem") => View(last: false),
            ("a view that is cut down to minutes", "FindItem") => View(last: Span(request) < TimeSpan.FromMinutes(4)),
            ("a million attributes", "SyncFolderItems") => attributes,
            _ => null,
        };
        exchange.ForgetCalls();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var ended = await node.Send(new SyncStaffCalendar(VirtualNode.Staff(0)));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - own;
        Assert.True(ended.IsRefused);
        Assert.InRange(exchange.Calls.Count, 1, mostCalls);
        Assert.True(
            allocated < 100 * Megabyte,
            $"{allocated / Megabyte} MB were allocated, the simulated server's share among them, in {exchange.Calls.Count} calls.");
        var link = await node.Link(0);
        Assert.Null(link.Cursor);
        Assert.NotNull(link.LastFailure);
        Assert.InRange(link.LastFailure!.Reason.Text.Length, 20, 300);

        exchange.Answer = (_, _) => null;
        Assert.False((await node.Send(new SyncStaffCalendar(VirtualNode.Staff(0)))).IsRefused);
    });

    [Fact]
    public void A_later_pass_ends_as_well_and_keeps_what_it_has() => thread.Run(async () =>
    {
        await using var node = await VirtualNode.Start(thread, exchange, folder.Path);
        await node.Connect(1);
        Assert.False((await node.Send(new SyncStaffCalendar(VirtualNode.Staff(0)))).IsRefused);
        var known = await node.Link(0);
        exchange.Answer = (call, _) => call.Operation == "SyncFolderItems" ? Changes(known.Cursor!.Value, "") : null;
        exchange.ForgetCalls();
        Assert.True((await node.Send(new SyncStaffCalendar(VirtualNode.Staff(0)))).IsRefused);
        Assert.InRange(exchange.Calls.Count, 1, 3);
        Assert.Equal(known.Cursor, (await node.Link(0)).Cursor);
    });

    private string Next() => string.Create(CultureInfo.InvariantCulture, $"state{++asked}");

    private static string Item(string id, string type) =>
        $"<t:Create><t:CalendarItem><t:ItemId Id=\"{id}\" ChangeKey=\"k\"/><t:CalendarItemType>{type}</t:CalendarItemType></t:CalendarItem></t:Create>";

    private static byte[] Changes(string state, string changes) =>
        Answer(
            "SyncFolderItems",
            $"<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>false</m:IncludesLastItemInRange><m:Changes>{changes}</m:Changes>");

    private static byte[] View(bool last) =>
        Answer(
            "FindItem",
            $"<m:RootFolder TotalItemsInView=\"0\" IncludesLastItemInRange=\"{(last ? "true" : "false")}\"><t:Items/></m:RootFolder>");

    private static byte[] Answer(string operation, string payload, string attributes = "") => Encoding.UTF8.GetBytes($"""
        <s:Envelope xmlns:s="{Ews.Soap}" xmlns:m="{Ews.Messages}" xmlns:t="{Ews.Types}"><s:Body><m:{operation}Response><m:ResponseMessages>
        <m:{operation}ResponseMessage ResponseClass="Success"{attributes}><m:ResponseCode>NoError</m:ResponseCode>{payload}</m:{operation}ResponseMessage>
        </m:ResponseMessages></m:{operation}Response></s:Body></s:Envelope>
        """);

    private static TimeSpan Span(string request)
    {
        var dates = Dates().Matches(request).Select(m => DateTimeOffset.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        return dates[1] - dates[0];
    }

    [GeneratedRegex("(?:StartDate|EndDate)=\"([^\"]+)\"")]
    private static partial Regex Dates();
}

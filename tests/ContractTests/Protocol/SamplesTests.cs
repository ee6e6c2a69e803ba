using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

public sealed class SamplesTests
{
    public static TheoryData<string> EverySample() => [.. Samples.All()];

    public static TheoryData<string> EveryFault() => [.. Samples.All().Where(name => name.StartsWith("fault-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(EverySample))]
    public void Every_sample_passes_the_hardened_reader(string name)
    {
        using var xml = new EwsXmlReader(new MemoryStream(Samples.Bytes(name)));
        xml.MoveToRoot();
        xml.MoveToEnd();
    }

    [Theory]
    [MemberData(nameof(EverySample))]
    public async Task Every_answer_to_an_operation_of_ours_reads_or_fails_with_its_code(string name)
    {
        Func<FakeServer, Task>? call = name.Split('-') switch
        {
            [_, "request.xml"] or [_, _, "request.xml"] or [_, _, _, "request.xml"] => null,
            ["getfolder", ..] => server => server.Call(new GetFolder([Requests.Calendar])),
            ["syncfolderitems", ..] => server => server.Call(new SyncFolderItems(Requests.Known, null, 512)),
            ["getitem", "batch", ..] => server => server.Call(GetItems(3)),
            ["getitem", ..] => server => server.Call(GetItems(2)),
            ["serverbusy", ..] => server => server.Call(GetItems(1)),
            ["finditem", "extendedproperty", ..] =>
                server => server.Call(new FindItemsByExtendedProperty(Requests.Known, Requests.First, "x", 0, 10, Requests.Shape)),
            ["finditem", ..] => server => server.Call(new FindCalendarView(Requests.Known, default, default, Requests.Shape)),
            ["createitem", "acceptitem", ..] =>
                server => server.Call(new CreateMeetingResponse(Requests.Item, MeetingResponseObject.AcceptItem)),
            ["createitem", ..] => server => server.Call(new CreateCalendarItem(Requests.Known, Requests.FullDraft)),
            ["updateitem", ..] => server => server.Call(new UpdateCalendarItem(Requests.Item, Requests.FullUpdate)),
            ["deleteitem", ..] => server => server.Call(new DeleteCalendarItem(Requests.Item, DeleteType.HardDelete)),
            ["subscribe", "streaming", ..] => server => server.Call(new SubscribeToStreaming(Requests.Known)),
            ["unsubscribe", ..] => server => server.Call(new Unsubscribe("JQBkYjE=")),
            ["getstreamingevents", ..] or ["wire", _, _, "valid/getstreamingevents", ..] =>
                server => server.Call(new GetStreamingEvents(["JQBkYjE="], 30)),
            _ => null,
        };
        if (call is null)
            return; // A request, a fault (below) or an operation that this client does not speak: the reader test above holds for it.
        var expected = System.Text.RegularExpressions.Regex.Match(
            System.Text.Encoding.UTF8.GetString(Samples.Bytes(name)), ">(Error[A-Za-z]+)<").Groups[1].Value;
        var single = name.StartsWith("syncfolderitems", StringComparison.Ordinal) || name.StartsWith("finditem", StringComparison.Ordinal);
        var failure = await Record.ExceptionAsync(() => call(FakeServer.Answering(Samples.Bytes(name))));
        if (single && expected.Length > 0)
            Assert.Equal(expected, Assert.IsType<EwsResponseException>(failure).ResponseCode);
        else
            Assert.Null(failure);
    }

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task Every_fault_becomes_its_typed_failure(string name)
    {
        var failure = await Assert.ThrowsAsync<EwsFaultException>(() =>
            FakeServer.Answering(Samples.Bytes(name), System.Net.HttpStatusCode.InternalServerError)
                .Call(new GetFolder([Requests.Calendar])));
        Assert.Equal("Error" + name[6..^4], failure.ResponseCode, ignoreCase: true);
    }

    [Fact]
    public async Task A_busy_fault_says_how_long_to_wait()
    {
        var failure = await Assert.ThrowsAsync<EwsFaultException>(() => Ask("fault-serverbusy.xml", new GetFolder([Requests.Calendar])));
        Assert.Equal(TimeSpan.FromMilliseconds(297749), failure.BackOff);
    }

    [Fact]
    public async Task A_busy_message_inside_a_200_says_so_too()
    {
        var error = Assert.Single(await Ask("serverbusy-responsemessage.xml", GetItems(1))).Error;
        Assert.Equal(("ErrorServerBusy", TimeSpan.FromMilliseconds(29345)), (error!.Code, error.BackOff));
    }

    [Fact]
    public async Task A_schema_fault_names_the_position()
    {
        var failure = await Assert.ThrowsAsync<EwsFaultException>(
            () => Ask("fault-schemavalidation.xml", new GetFolder([Requests.Calendar])));
        Assert.Equal("612", failure.Error.Details["LinePosition"]);
    }

    [Fact]
    public async Task A_folder_tells_its_rights()
    {
        var folder = Assert.Single(await Ask("getfolder-calendar-response.xml", new GetFolder([Requests.Calendar]))).ValueOrThrow();
        Assert.Equal(
            new FolderInfo(
                "AAMkAGQ1Y2FsZW5kYXItZm9sZGVyAC4AAAAAAA==",
                null,
                "Calendar",
                "IPF.Appointment",
                143,
                FolderRights.CreateContents | FolderRights.Read),
            folder);
    }

    [Fact]
    public async Task The_server_says_its_version_in_passing()
    {
        using var client = new EwsClient(
            FakeServer.Endpoint, TimeProvider.System, FakeServer.Answering(Samples.Bytes("getfolder-calendar-response.xml")));
        await client.Send(new GetFolder([Requests.Calendar]), FakeServer.Context, TestContext.Current.CancellationToken);
        Assert.Equal(new EwsServerVersion(15, 2, 1544, 4, "V2017_07_11"), client.ServerVersion);
    }

    [Fact]
    public async Task A_sync_page_has_changes_of_every_kind()
    {
        var page = await Ask("syncfolderitems-changes-response.xml", new SyncFolderItems(Requests.Known, "s", 512));
        Assert.Equal(
            [SyncChangeKind.Create, SyncChangeKind.Update, SyncChangeKind.Delete, SyncChangeKind.ReadFlag],
            page.Changes.Select(change => change.Kind));
        Assert.Equal(new ItemId("AAMkAGQ1c3RhZmYtbWFpbGJveABGAAAAAARm1AAA=", "DwAAABYAAABb2"), page.Changes[1].ItemId);
        Assert.Equal(("H4sIAAAAAAAEAGNgYGBgYGAAAKX0x4EMAAAB", true), (page.SyncState, page.IncludesLastItemInRange));
    }

    [Fact]
    public async Task A_sync_page_without_its_state_is_malformed() => await Assert.ThrowsAsync<EwsMalformedResponseException>(() => FakeServer.Answering(FakeServer.Envelope("""
        <m:SyncFolderItemsResponse><m:ResponseMessages><m:SyncFolderItemsResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>
        <m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes/></m:SyncFolderItemsResponseMessage></m:ResponseMessages></m:SyncFolderItemsResponse>
        """)).Call(new SyncFolderItems(Requests.Known, null, 512)));

    [Fact]
    public async Task Items_that_are_no_calendar_items_are_carried_along()
    {
        var page = await FakeServer.Answering(FakeServer.Envelope("""
            <m:SyncFolderItemsResponse><m:ResponseMessages><m:SyncFolderItemsResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>
            <m:SyncState>s</m:SyncState><m:IncludesLastItemInRange>false</m:IncludesLastItemInRange><m:Changes>
            <t:Create><t:MeetingRequest><t:ItemId Id="A=" ChangeKey="1"/></t:MeetingRequest></t:Create>
            <t:Create><t:CalendarItem><t:Novelty><t:ItemId Id="wrong"/></t:Novelty><t:UID>u</t:UID><t:ItemId Id="a=" ChangeKey="1"/><t:CalendarItemType>Fancy</t:CalendarItemType></t:CalendarItem></t:Create>
            <t:Novelty><t:ItemId Id="B="/></t:Novelty></m:Changes></m:SyncFolderItemsResponseMessage></m:ResponseMessages></m:SyncFolderItemsResponse>
            """)).Call(new SyncFolderItems(Requests.Known, null, 512));
        Assert.Equal(
            [new(SyncChangeKind.Create, new("A=", "1"), null, null, null), new(SyncChangeKind.Create, new("a=", "1"), null, "u", null)],
            page.Changes);
        Assert.False(page.IncludesLastItemInRange);
    }

    [Fact]
    public async Task A_batch_answers_in_request_order_and_a_missing_item_hurts_no_other()
    {
        var results = await Ask("getitem-batch-response.xml", GetItems(3));
        Assert.Equal([true, false, true], results.Select(result => result.Succeeded));
        Assert.Equal("ErrorItemNotFound", results[1].Error!.Code);
        Assert.Equal(CalendarItemType.RecurringMaster, results[2].Value!.CalendarItemType);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), results[2].Value!.Start);
    }

    [Fact]
    public async Task An_item_tells_all_that_was_asked_for()
    {
        var item = (await Ask("getitem-batch-response.xml", GetItems(3)))[0].ValueOrThrow();
        Assert.Equal("appt-7f3c", item.ExtendedProperties[Requests.First]);
        Assert.Equal(new CalendarItem
        {
            ItemId = new("AAMkAGQ1c3RhZmYtbWFpbGJveABGAAAAAASg1AAA=", "DwAAABYAAABa1"),
            ElementName = "CalendarItem",
            ParentFolderId = "AAMkAGQ1Y2FsZW5kYXItZm9sZGVyAC4AAAAAAA==",
            Subject = "Haircut - J. Doe",
            Sensitivity = Sensitivity.Normal,
            LastModifiedTime = new(2026, 3, 2, 8, 14, 55, TimeSpan.Zero),
            Uid = "040000008200E00074C5B7101A82E00800000000A1B2C3D4E5F60001",
            Start = new(2026, 3, 3, 8, 0, 0, TimeSpan.Zero),
            End = new(2026, 3, 3, 8, 45, 0, TimeSpan.Zero),
            IsAllDayEvent = false,
            LegacyFreeBusyStatus = LegacyFreeBusyStatus.Busy,
            Location = "Salon 2",
            IsCancelled = false,
            CalendarItemType = CalendarItemType.Single,
            MyResponseType = MyResponseType.Organizer,
            AppointmentState = 0,
            StartTimeZoneId = "W. Europe Standard Time",
            EndTimeZoneId = "W. Europe Standard Time",
            ExtendedProperties = item.ExtendedProperties,
        }, item);
    }

    [Fact]
    public async Task What_a_stopped_batch_never_attempted_is_told_apart()
    {
        var results = await Ask("getitem-batchstopped-response.xml", GetItems(2));
        Assert.Equal([false, true], results.Select(result => result.Error!.BatchStopped));
    }

    [Fact]
    public async Task A_view_too_wide_fails_with_its_code()
    {
        var failure = await Assert.ThrowsAsync<EwsResponseException>(() => Ask("finditem-calendarview-toobig-response.xml", View));
        Assert.Equal("ErrorCalendarViewRangeTooBig", failure.ResponseCode);
    }

    [Fact]
    public async Task A_view_says_whether_it_was_cut()
    {
        var page = await Ask("finditem-calendarview-response.xml", View);
        Assert.Equal([CalendarItemType.Single, CalendarItemType.Occurrence], page.Items.Select(item => item.CalendarItemType!.Value));
        Assert.True(page.IncludesLastItemInRange);
    }

    [Fact]
    public async Task A_write_gives_the_new_change_key()
    {
        var written = await Ask("updateitem-response.xml", new UpdateCalendarItem(Requests.Item, Requests.FullUpdate));
        Assert.Equal(Requests.Item with { ChangeKey = "DwAAABYAAABa2" }, written.ValueOrThrow());
    }

    [Fact]
    public async Task A_stale_change_key_is_a_conflict()
    {
        var written = await Ask("updateitem-conflict-response.xml", new UpdateCalendarItem(Requests.Item, Requests.FullUpdate));
        Assert.Equal("ErrorIrresolvableConflict", written.Error!.Code);
    }

    private static FindCalendarView View => new(Requests.Known, default, default, Requests.Shape);

    private static GetItem GetItems(int count) => new(Enumerable.Repeat(Requests.Item, count), Requests.Shape);

    private static Task<T> Ask<T>(string sample, IEwsOperation<T> operation) => FakeServer.Answering(Samples.Bytes(sample)).Call(operation);
}

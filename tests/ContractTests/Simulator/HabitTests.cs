using System.Xml.Linq;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Awkward habits of real servers, each a switch (docs/simulator.md).</summary>
public sealed class HabitTests
{
    [Fact]
    public async Task Assistants_touch_a_new_item_by_the_clock_and_change_nothing_but_its_key()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.Assistants = new AssistantPlan(Touches: 2, Every: TimeSpan.FromSeconds(10));
        var (id, key) = Written((await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>"))).Single());
        Assert.Equal(key, (await Key(exchange, id)));
        exchange.Clock.Advance(TimeSpan.FromSeconds(10));
        var touched = await Key(exchange, id);
        exchange.Clock.Advance(TimeSpan.FromSeconds(10));
        var last = await Key(exchange, id);
        exchange.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((3, last), (new[] { key, touched, last }.Distinct().Count(), await Key(exchange, id)));
        Assert.Equal("A", exchange.Mailbox.Find(id)!.Fields.Subject);
        Assert.Equal(
            "ErrorIrresolvableConflict",
            Code((await exchange.Ask(Ask.Update(id, key, Ask.Set("item:Subject", "<t:Subject>B</t:Subject>")))).Single()));
    }

    [Fact]
    public async Task What_an_assistant_touched_comes_again_as_an_update()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.Assistants = new AssistantPlan(1, TimeSpan.FromSeconds(1));
        var id = Written((await exchange.Ask(Ask.Create("<t:Subject>A</t:Subject>"))).Single()).Id;
        var first = (await exchange.Ask(Ask.Sync())).Single();
        exchange.Clock.Advance(TimeSpan.FromSeconds(1));
        var next = (await exchange.Ask(Ask.Sync(first.Element(M + "SyncState")!.Value))).Single()
            .Element(M + "Changes")!
            .Elements()
            .Single();
        Assert.Equal(
            ("Create", "Update", id),
            (first.Element(M + "Changes")!.Elements().Single().Name.LocalName, next.Name.LocalName, Written(next).Id));
    }

    [Fact]
    public async Task An_item_can_be_told_otherwise_than_it_is()
    {
        await using var exchange = await Start();
        var id = Add(exchange, "A");
        exchange.Mailbox.Tells(id, new Oddity("Booking", Start: "", End: "9999-12-31T23:59:59Z"));
        var get = Ask.GetItem(id, Ask.Fields("calendar:Start", "calendar:End"));
        var booking = XDocument.Parse((await exchange.Send(get)).Text).Descendants(T + "Booking").Single(); // which no schema knows
        Assert.Equal((null, "9999-12-31T23:59:59Z"), (booking.Element(T + "Start")?.Value, booking.Element(T + "End")!.Value));
        exchange.Mailbox.Tells(id, null);
        Assert.NotNull((await exchange.Ask(get)).Single().Descendants(T + "CalendarItem").Single().Element(T + "Start"));
    }

    [Fact]
    public async Task What_is_written_under_an_unknown_zone_is_refused_and_nothing_is_made()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.UnknownZones = new HashSet<string> { "Qyzylorda Standard Time" };
        Assert.Equal("ErrorTimeZone", Code((await exchange.Ask(Ask.Create("""<t:Subject>A</t:Subject><t:StartTimeZone Id="Qyzylorda Standard Time"/>"""))).Single()));
        Assert.Empty(exchange.Mailbox.Calendar);
    }

    [Fact]
    public async Task A_further_address_is_refused_with_the_primary_one()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.AddAddress(Alice, "alias@contoso.example");
        Assert.Single(await exchange.Ask(Ask.GetFolder(), impersonated: "alias@contoso.example"));
        exchange.Exchange.Organisation.WantsPrimaryAddresses = true;
        Assert.Equal("ErrorNonPrimarySmtpAddress", await exchange.Fault(Ask.GetFolder(), impersonated: "alias@contoso.example"));
        Assert.Contains($">{Alice}<", (await exchange.Post(Envelope(Ask.GetFolder(),
            impersonated: "alias@contoso.example"))).Answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_can_be_pretty_printed()
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.PrettyPrintsFaults = true;
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy"));
        Assert.Matches(@"\s+ErrorServerBusy\s+",
            (await exchange.Post(Envelope(Ask.GetFolder()))).Answer.Descendants(E + "ResponseCode").Single().Value);
    }

    [Fact]
    public async Task A_stray_answer_names_another_request()
    {
        await using var exchange = await Start();
        exchange.Exchange.Faults.Next(new Fault.StrayAnswer());
        var ids = new[] { (await exchange.Send(Ask.GetFolder())).Answer, (await exchange.Send(Ask.GetFolder())).Answer }.Select(a =>
            a.Headers.Contains("client-request-id"));
        Assert.Equal([true, false], ids); // only who asks for the echo gets it, and whose it is otherwise
    }

    [Theory]
    [InlineData(false, "Delete")]
    [InlineData(true, "Update")]
    public async Task A_deletion_is_reported_as_a_deletion_or_as_a_change_with_the_folder_where_it_is_now(bool asUpdate, string kind)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.ReportsMovesAsUpdates = asUpdate;
        var id = Add(exchange, "A");
        var state = (await exchange.Ask(Ask.Sync())).Single().Element(M + "SyncState")!.Value;
        var deleted = exchange.Mailbox.Person.Deletes(id);
        var change = (await exchange.Ask(Ask.Sync(state, more: Ask.Fields("item:ParentFolderId")))).Single()
            .Element(M + "Changes")!
            .Elements()
            .Single();
        Assert.Equal((kind, id), (change.Name.LocalName, change.DescendantsAndSelf(T + "ItemId").First().Attribute("Id")!.Value));
        Assert.Equal(
            asUpdate, change.Descendants(T + "ParentFolderId").Any(f => f.Attribute("Id")!.Value != exchange.Mailbox.CalendarFolderId));
        exchange.Mailbox.Person.HardDeletes(deleted);
        Assert.Equal("Delete", (await exchange.Ask(Ask.Sync(state))).Single().Element(M + "Changes")!.Elements().Single().Name.LocalName);
    }

    [Theory]
    [InlineData(false, "a&#x1A;b&#x0;c&#x1F;d\te")]
    [InlineData(true, "a\u001ab\u0000c\u001fd\te")]
    public async Task Control_characters_in_a_subject_go_out_as_references_or_raw(bool raw, string wire)
    {
        await using var exchange = await Start();
        exchange.Exchange.Organisation.WritesControlsRaw = raw;
        var id = Add(exchange, "a\u001ab\u0000c\u001fd\te");
        var (_, text) = await exchange.Send(Ask.GetItem(id, Ask.Fields("item:Subject")));
        Assert.Contains($"<t:Subject>{wire}</t:Subject>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restricted_search_ends_after_250_items_from_2013_on()
    {
        await using var exchange = await Start();
        for (var i = 0; i < 300; i++) Add(exchange, "A");
        const string search = $"""<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="1000" Offset="0" BasePoint="Beginning"/><m:Restriction><t:Exists><t:FieldURI FieldURI="item:Subject"/></t:Exists></m:Restriction><m:ParentFolderIds>{Ask.Calendar}</m:ParentFolderIds></m:FindItem>""";
        var cut = (await exchange.Ask(search, "Exchange2013")).Single().Element(M + "RootFolder")!;
        Assert.Equal(
            (250, "false", "250"),
            (
                cut.Descendants(T + "ItemId").Count(),
                cut.Attribute("IncludesLastItemInRange")!.Value,
                cut.Attribute("IndexedPagingOffset")!.Value));
        Assert.Equal(300, (await exchange.Ask(search, "Exchange2010")).Single().Descendants(T + "ItemId").Count());
    }

    [Fact]
    public async Task The_organisers_address_is_left_out_by_sync_and_find_and_given_by_get()
    {
        await using var exchange = await Start();
        var now = exchange.Clock.GetUtcNow();
        var id = exchange.Mailbox.Person.Adds(new EventDraft("A", now, now.AddHours(1)) { Organizer = "bob@contoso.example" });
        var fields = Ask.Fields("calendar:Organizer");
        async Task<int> Addresses(string body) =>
            (await exchange.Ask(body)).Single().Descendants(T + "Organizer").Single().Descendants(T + "EmailAddress").Count();
        Assert.Equal(
            (0, 0, 1),
            (
                await Addresses(Ask.Sync(more: fields)),
                await Addresses(Ask.View("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", fields)),
                await Addresses(Ask.GetItem(id, fields))));
    }

    [Fact]
    public async Task Answers_are_compressed_for_whoever_accepts_it_where_the_server_does()
    {
        await using var exchange = await Start(new SimulatorOptions { Compresses = true });
        var (zipped, _) = await exchange.Send(Ask.GetFolder(), "gzip, deflate");
        var (plain, _) = await exchange.Send(Ask.GetFolder());
        Assert.Equal(["gzip"], zipped.Content.Headers.ContentEncoding);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
    }

    [Fact]
    public void Calls_take_the_latency_and_up_to_the_jitter_more_alike_for_each_seed()
    {
        IReadOnlyList<TimeSpan> Of(int seed)
        {
            var delays = new Delays(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(20), seed);
            return [.. Enumerable.Range(0, 100).Select(_ => delays.Next())];
        }
        Assert.All(Of(1), delay => Assert.InRange(delay, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(70)));
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ErrorItemCorrupt")]
    public async Task One_broken_item_spoils_every_view_that_asks_for_texts_and_holds_it(string? code)
    {
        await using var exchange = await Start();
        exchange.Mailbox.Corrupt(Add(exchange, "Broken"), new Corruption(code, SpoilsViews: true));
        var texts = Ask.View("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", Ask.Fields("item:Subject"));
        var (_, spoiled) = await exchange.Send(texts);
        if (code is null) Assert.Throws<System.Xml.XmlException>(() => XDocument.Parse(spoiled));
        else Assert.Equal(code, Code((await exchange.Ask(texts)).Single()));
        Assert.Single((await exchange.Ask(Ask.View("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"))).Single().Descendants(T + "ItemId"));
        Assert.Empty((await exchange.Ask(Ask.View("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z", Ask.Fields("item:Subject")))).Single()
            .Descendants(T + "ItemId"));
    }

    private static async Task<string> Key(Organisation exchange, string id) => Written((await exchange.Ask(Ask.GetItem(id))).Single()).Key;

    private static (string Id, string Key) Written(XElement message) =>
        (
            message.Descendants(T + "ItemId").Single().Attribute("Id")!.Value,
            message.Descendants(T + "ItemId").Single().Attribute("ChangeKey")!.Value);

    private static string Add(Organisation exchange, string subject) =>
        exchange.Mailbox.Person.Adds(new EventDraft(subject, exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)));
}

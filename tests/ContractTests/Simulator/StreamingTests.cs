using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Notifications;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Each awkward habit of streaming notifications, as a switch or a script of the simulator.</summary>
public sealed class StreamingTests : IAsyncLifetime
{
    private const string Bob = "bob@contoso.example";
    private Organisation exchange = null!;
    private StreamingCaller caller = null!;

    private NotificationHub Hub => exchange.Exchange.Organisation.Notifications;

    private Person Outlook => exchange.Mailbox.Person;

    public async ValueTask InitializeAsync()
    {
        exchange = await Start();
        exchange.Exchange.Organisation.AddMailbox(Bob);
        Hub.UsesWireNamespaces = false; // so that every answer can be checked against the schema
        caller = new StreamingCaller(exchange);
    }

    public async ValueTask DisposeAsync()
    {
        caller.Dispose();
        await exchange.DisposeAsync();
    }

    [Fact]
    public async Task One_action_of_a_person_is_told_as_several_events()
    {
        using var stream = await caller.Open(await caller.Subscribe());
        Assert.Equal("OK", await stream.Told());
        var id = Outlook.Adds(Event("A"));
        Assert.Equal("CreatedEvent ModifiedEvent", await stream.Told());
        Outlook.Renames(id, "B");
        Assert.Equal("ModifiedEvent ModifiedEvent", await stream.Told());
        Outlook.HardDeletes(Outlook.Restores(Outlook.Deletes(id)));
        Assert.Equal(
            ("MovedEvent ModifiedEvent", "MovedEvent ModifiedEvent", "DeletedEvent ModifiedEvent"),
            (await stream.Told(), await stream.Told(), await stream.Told()));
    }

    [Theory]
    [InlineData(true, "messages")]
    [InlineData(false, "types")]
    public async Task The_namespaces_are_those_of_the_wire_or_of_the_schema(bool wire, string expected)
    {
        Hub.UsesWireNamespaces = wire;
        using var stream = await caller.Open(await caller.Subscribe());
        await stream.Next();
        Outlook.Adds(Event("A"));
        var envelope = (await stream.Next())!;
        Assert.EndsWith(
            expected, envelope.Descendants().Single(e => e.Name.LocalName == "Notification").Name.NamespaceName, StringComparison.Ordinal);
        if (!wire) EwsSchemas.Check(envelope);
    }

    [Fact]
    public async Task A_sign_of_life_comes_every_45_seconds_and_Closed_after_the_time_that_was_asked_for()
    {
        using var stream = await caller.OpenFor(1, await caller.Subscribe());
        await stream.Next();
        exchange.Clock.Advance(TimeSpan.FromSeconds(44));
        exchange.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("StatusEvent", await stream.Told());
        exchange.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(("Closed", "the end", 0), (await stream.Told(), await stream.Told(), Hub.OpenConnections));
    }

    [Fact]
    public async Task What_happens_between_two_connections_is_kept_for_a_living_subscription()
    {
        var id = await caller.Subscribe();
        using (var first = await caller.Open(id))
        {
            await first.Next();
            Hub.CloseAll();
            Assert.Equal("Closed", await first.Told());
        }
        Outlook.Adds(Event("A"));
        using var second = await caller.Open(id);
        Assert.Equal(("OK", "CreatedEvent ModifiedEvent"), (await second.Told(), await second.Told()));
    }

    [Fact]
    public async Task A_subscription_that_nobody_listens_to_dies()
    {
        var id = await caller.Subscribe();
        exchange.Clock.Advance(Hub.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal("ErrorSubscriptionNotFound", await caller.Code(StreamingCaller.Events(1, id)));
        Assert.Empty(Hub.SubscribedMailboxes);
    }

    [Theory]
    [InlineData(true, true, "NoError")]
    [InlineData(true, false, "ErrorSubscriptionNotFound")]
    [InlineData(false, true, "ErrorSubscriptionNotFound")]
    public async Task Without_anchor_and_cookie_a_subscription_is_not_found(bool anchor, bool cookie, string code)
    {
        Hub.MoveToAnotherServer(Bob);
        caller.Anchor = Bob;
        var id = await caller.Subscribe();
        Hub.MoveToAnotherServer(Bob); // where the anchor is now is no longer where the subscriptions are
        if (!anchor) caller.Anchor = null;
        if (!cookie) caller.Cookie = null;
        Assert.Equal(code, await caller.Code($"<m:Unsubscribe><m:SubscriptionId>{id}</m:SubscriptionId></m:Unsubscribe>"));
    }

    [Fact]
    public async Task Another_accounts_subscription_is_refused()
    {
        var id = await caller.Subscribe();
        exchange.Exchange.Organisation.GrantImpersonation(exchange.Exchange.Organisation.AddAccount("other@contoso.example", "Geheim-2"));
        using var other = new StreamingCaller(exchange, "other@contoso.example", "Geheim-2") { Cookie = caller.Cookie };
        Assert.Equal("ErrorSubscriptionAccessDenied", await other.Code(StreamingCaller.Events(1, id)));
        Assert.Equal(
            "ErrorSubscriptionAccessDenied", await other.Code($"<m:Unsubscribe><m:SubscriptionId>{id}</m:SubscriptionId></m:Unsubscribe>"));
    }

    [Fact]
    public async Task A_delegate_gets_no_subscription()
    {
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Alice, FolderLevel.Owner);
        var folder = $"""<t:DistinguishedFolderId Id="calendar"><t:Mailbox><t:EmailAddress>{Alice}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>""";
        Assert.Equal("ErrorSubscriptionDelegateAccessNotSupported", await caller.Code(StreamingCaller.Request(folder), mailbox: null));
    }

    [Theory]
    [InlineData("Exchange2010")]
    [InlineData("Exchange2007_SP1")]
    public async Task Versions_before_2010_SP1_know_no_streaming(string version)
    {
        caller.Version = version;
        Assert.Equal(
            ("ErrorSchemaValidation", "ErrorSchemaValidation"),
            (await caller.Code(StreamingCaller.Request()), await caller.Code(StreamingCaller.Events(1, "a"))));
    }

    [Theory]
    [InlineData("<m:GetStreamingEvents><m:SubscriptionIds/><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>")]
    [InlineData("<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>a</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>31</m:ConnectionTimeout></m:GetStreamingEvents>")]
    [InlineData("<m:GetStreamingEvents><m:SubscriptionIds><m:SubscriptionId>a</m:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>")]
    [InlineData("<m:Subscribe><m:StreamingSubscriptionRequest><t:EventTypes><t:EventType>StatusEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>")]
    public async Task What_the_schema_does_not_allow_is_refused(string body) =>
        Assert.Equal("ErrorSchemaValidation", await caller.Code(body));

    [Fact]
    public async Task Folders_of_no_or_of_two_mailboxes_are_no_subscription()
    {
        var bobs = exchange.Exchange.Organisation.Mailbox(Bob).CalendarFolderId;
        exchange.Exchange.Organisation.GrantFolderRights(exchange.Account, Bob, FolderLevel.Owner);
        Assert.Equal(
            "ErrorInvalidSubscriptionRequest",
            await caller.Code(
                StreamingCaller.Request().Replace($"<t:FolderIds>{Ask.Calendar}</t:FolderIds>", "", StringComparison.Ordinal)));
        Assert.NotEqual("NoError", await caller.Code(StreamingCaller.Request($"{Ask.Calendar}<t:FolderId Id=\"{bobs}\"/>")));
    }

    [Fact]
    public async Task Subscriptions_and_open_connections_are_limited()
    {
        (Hub.SubscriptionsPerMailbox, Hub.HangingConnectionLimit) = (1, 1);
        var id = await caller.Subscribe();
        Assert.Equal("ErrorExceededSubscriptionCount", await caller.Code(StreamingCaller.Request()));
        using var stream = await caller.Open(id);
        await stream.Next();
        Assert.Equal("ErrorExceededConnectionCount", await caller.Code(StreamingCaller.Events(1, id)));
    }

    [Fact]
    public async Task A_mailbox_that_moves_loses_its_subscription_and_the_stream_says_which()
    {
        var (alices, bobs) = (await caller.Subscribe(), await caller.Subscribe(Bob));
        using var stream = await caller.Open(alices, bobs);
        await stream.Next();
        Hub.MoveToAnotherServer(Bob);
        var last = (await stream.Next())!;
        Assert.Equal(bobs, last.Descendants().Single(e => e.Name.LocalName == "SubscriptionId").Value);
        Assert.Null(await stream.Next());
        Assert.Equal([Alice], Hub.SubscribedMailboxes);
    }

    [Theory]
    [InlineData(false, "the end")]
    [InlineData(true, "StatusEvent")]
    public async Task Of_good_and_bad_ids_the_bad_are_named_and_the_good_never_told(bool staysOpen, string then)
    {
        Hub.StaysOpenWithBadIds = staysOpen;
        using var stream = await caller.Open(await caller.Subscribe(), "bm9uZQ==");
        Assert.Equal("bm9uZQ==", (await stream.Next())!.Descendants().Single(e => e.Name.LocalName == "SubscriptionId").Value);
        Outlook.Adds(Event("A"));
        exchange.Clock.Advance(Hub.Heartbeat);
        Assert.Equal(then, await stream.Told());
    }

    [Fact]
    public async Task A_dead_network_is_silent_and_what_was_told_meanwhile_is_lost()
    {
        var id = await caller.Subscribe();
        using var dead = await caller.Open(id);
        await dead.Next();
        Hub.MuteAll();
        Outlook.Adds(Event("Lost"));
        using var next = await caller.Open(id);
        Assert.Equal("OK", await next.Told());
        Outlook.Adds(Event("Told"));
        Assert.Equal("CreatedEvent ModifiedEvent", await next.Told());
    }

    [Fact]
    public async Task An_abort_comes_in_the_middle_of_an_envelope()
    {
        using var stream = await caller.Open(await caller.Subscribe());
        await stream.Next();
        Hub.AbortAll();
        await Assert.ThrowsAnyAsync<IOException>(() => stream.Next());
        Assert.Equal(0, Hub.OpenConnections);
    }

    [Fact]
    public async Task Several_envelopes_come_in_one_chunk_or_one_in_many()
    {
        var id = await caller.Subscribe();
        Hub.Chunking = new Chunking(Doubled: true, Blanks: true, Declared: false);
        var joined = await FirstChunk(id);
        Assert.Equal(2, joined.Split("</s:Envelope>").Length - 1);
        Assert.StartsWith(" \r\n<s:Envelope", joined, StringComparison.Ordinal);
        Hub.Chunking = new Chunking(Bytes: 7);
        Assert.Equal("<?xml v", await FirstChunk(id));
    }

    [Fact]
    public async Task Who_leaves_frees_the_connection()
    {
        using (var stream = await caller.Open(await caller.Subscribe())) await stream.Next();
        while (Hub.OpenConnections > 0) await Task.Yield();
    }

    [Fact]
    public async Task A_stream_is_compressed_for_whoever_accepts_it()
    {
        await using var zipping = await Start(new SimulatorOptions { Compresses = true });
        using var caller = new StreamingCaller(zipping);
        var id = await caller.Subscribe();
        caller.Accepts = "identity";
        using (var plain = await caller.Open(id)) Assert.Equal(("OK", 0), (await plain.Told(), plain.Encoding.Count()));
        caller.Accepts = "gzip";
        var opening = caller.Open(id);
        while (zipping.Exchange.Organisation.Notifications.HeardSubscriptions == 0) await Task.Yield();
        zipping.Exchange.Organisation.Notifications.CloseAll(); // until then the compressor keeps everything, the headers too
        using var zipped = await opening;
        Assert.Equal(["gzip"], zipped.Encoding);
    }

    /// <summary>As it leaves the simulator: on the way to a client chunks may be joined or split again.</summary>
    private async Task<string> FirstChunk(string id)
    {
        var request = System.Text.Encoding.UTF8.GetBytes(Envelope(StreamingCaller.Events(1, id)));
        var headers =
            new ExchangeSimulator.Protocol.EwsHeaders { AnchorMailbox = Alice, PreferServerAffinity = "true", Cookie = caller.Cookie };
        using var stream = exchange.Exchange.Endpoint.Handle(
            request, headers, new ExchangeSimulator.Protocol.Caller(exchange.Account)).Stream!;
        await using var chunks = stream.Chunks(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());
        return System.Text.Encoding.UTF8.GetString(chunks.Current.Span);
    }

    private static EventDraft Event(string title) =>
        new(title, new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero));
}

using System.Text.Json.Nodes;
using CleanSync.Application.AuditLog;
using CleanSync.Domain.ExchangeIntegrations;
using Xunit;

namespace CleanSync.UnitTests.AuditLog;

public sealed class AuditSnapshotTests
{
    private static readonly string[] Once = ["w"], Tried = ["bert@contoso.example"];

    private static readonly string[] Hosts =
        ["hosting.example", ".b.example", "svc:S3cret@hosting.example/x", "https://svc:S3cret@c.example/y"];

    private readonly AuditSnapshot snapshot = new();

    [Fact]
    public void What_may_never_stand_in_the_log_is_taken_out_at_any_depth()
    {
        var holds =
            new
            {
                Id = 1,
                Password = "p",
                ShowEventTitles = true,
                Inner = new[] { new { Id = 2, Key = "k", Title = "t", Client = new { Name = "n" }, OldPassword = "o", ClientSecret = "s" } }
            };
        Assert.Equal("""{"id":1,"showEventTitles":true,"inner":[{"id":2}]}""", snapshot.View(holds));
        Assert.Equal("""{"id":1,"showEventTitles":true,"inner":[{"id":2}]}""", snapshot.Asked(holds));
    }

    [Fact]
    public void What_changes_by_itself_is_left_out() => Assert.Equal("""{"state":"Syncing"}""", snapshot.View(new { State = "Syncing", LagSeconds = 1.5, Warnings = Once, Reason = "in words" }));

    [Fact]
    public void What_does_not_exist_has_no_snapshot() => Assert.Null(snapshot.View(null));

    [Theory]
    [InlineData("https://mail.contoso.example/EWS/Exchange.asmx", "https://mail.contoso.example")]
    [InlineData("https://mail.contoso.example:8443/EWS", "https://mail.contoso.example:8443")]
    [InlineData("https://svc:S3cret@mail.contoso.example/S3cret?token=S3cret#S3cret", "https://mail.contoso.example")]
    [InlineData("HTTPS:S3cret@mail.contoso.example/S3cret", "(no address)")]
    [InlineData("svc:S3cret@mail.contoso.example", "(no address)")]
    [InlineData("S3cret@mail.contoso.example/EWS", "(no address)")]
    [InlineData("foo://svc:S3cret@mail.contoso.example/S3cret", "foo://mail.contoso.example")]
    [InlineData("mailto:S3cret@mail.contoso.example", "mailto:mail.contoso.example")]
    [InlineData("data:text/plain,S3cret", "(no address)")]
    [InlineData("mail.contoso.example", "mail.contoso.example")]
    [InlineData("S3cret", "(no address)")]
    [InlineData("https://[fd00::1]:444/S3cret", "https://[fd00::1]:444")]
    public void Of_an_address_only_scheme_host_and_port_are_kept(string address, string kept) =>
        Assert.Equal(
            kept,
            JsonNode.Parse(snapshot.Asked(new { ServerAddress = new Uri(address, UriKind.RelativeOrAbsolute) }))!["serverAddress"]!
                .GetValue<string>());

    [Theory]
    [InlineData("see https://svc:S3cret@mail.contoso.example/x?y and ftp://b.example:2121/S3cret today",
        "see https://mail.contoso.example and ftp://b.example:2121 today")]
    [InlineData("https://svc%3AS3cret%40mail.contoso.example/", "(no address)")]
    [InlineData("https:\\\\svc:S3cret@mail.contoso.example\\S3cret", "(no address)")]
    [InlineData("https://svc:S3cret", "(no address)")]
    [InlineData("https:\u0001//svc:S3cret@mail.contoso.example", "https://mail.contoso.example")]
    [InlineData("https://svc:S3cret and S3cret@mail.contoso.example/x today", "https://mail.contoso.example today")]
    [InlineData("https://S3cret:@/x", "(no address)")]
    public void An_address_within_a_text_is_cut_as_well(string text, string kept) =>
        Assert.Equal(kept, JsonNode.Parse(snapshot.Asked(new { Reason = text }))!["reason"]!.GetValue<string>());

    [Fact]
    public void Of_hosts_that_are_allowed_what_is_none_is_left_out() => Assert.Equal(
        """{"allowedHosts":["hosting.example",".b.example","(no address)","https://c.example"]}""",
        snapshot.Asked(new { AllowedHosts = Hosts }));

    [Fact]
    public void A_stored_address_keeps_its_path_and_nothing_else() => Assert.Equal(
        """{"serverAddress":"https://mail.contoso.example/EWS/Exchange.asmx"}""",
        snapshot.View(new { ServerAddress = new Uri("https://svc:S3cret@mail.contoso.example/EWS/Exchange.asmx?a=b#c") }));

    [Fact]
    public void Of_certificates_only_fingerprints_are_kept_and_of_a_private_key_nothing()
    {
        const string pem =
            "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nS3cr\n-----END PRIVATE KEY-----\nS3cret";
        Assert.Equal(
            """{"trust":{"authorities":["AE4B3280E56E2FAF83F414A6E3DABE9D5FBE18976544C05FED121ACCB85B53FC"]}}""",
            snapshot.Asked(new { Trust = ServerTrust.Of(pem, null) }));
        Assert.Equal("""{"trust":{"authorities":[]}}""", snapshot.Asked(new { Trust = ServerTrust.Of("-----BEGIN CERTIFICATE-----\n!S3cret\n-----END CERTIFICATE-----", null) }));
    }

    [Fact]
    public void Whatever_a_caller_sends_is_bounded_and_visible()
    {
        var asked =
            JsonNode.Parse(snapshot.Asked(new
            {
                Reason = new string('x', 100_000),
                DisplayName = "a\u001b[31mb\ud800",
                Ids = Enumerable.Range(0, 1000)
            }))!;
        Assert.Equal(321, asked["reason"]!.GetValue<string>().Length);
        Assert.Equal("a[31mb\ufffd", asked["displayName"]!.GetValue<string>());
        Assert.Equal("… and 900 more", asked["ids"]!.AsArray()[^1]!.GetValue<string>());
    }

    [Fact]
    public void Names_and_mailboxes_of_staff_are_set_aside_under_their_ids()
    {
        var asked = snapshot.Asked(
            new { StaffId = "anna", StaffName = "Anna Adler", MailboxAddress = "anna@contoso.example", TimeZone = "Europe/Berlin" });
        var key = snapshot.View(new { Id = 1, Name = "Anna's phone", StaffId = "anna" });
        var other = snapshot.View(new { Id = 2, Name = "Booking product", StaffId = (string?)null });
        var tried = snapshot.Asked(new { Mailboxes = Tried, MailboxAddress = (string?)null });
        Assert.Equal("""{"staffId":"anna","staffName":{"$name":0},"mailboxAddress":{"$name":1},"timeZone":"Europe/Berlin"}""", asked);
        Assert.Equal("""{"id":1,"name":{"$name":2},"staffId":"anna"}""", key);
        Assert.Equal("""{"id":2,"name":"Booking product","staffId":null}""", other);
        Assert.Equal("""{"mailboxes":[{"$name":3}],"mailboxAddress":null}""", tried);
        Assert.Equal(
            [
                new(0, "anna", "Anna Adler"),
                new(1, "anna", "anna@contoso.example"),
                new(2, "anna", "Anna's phone"),
                new AuditName(3, null, "bert@contoso.example")
            ],
            snapshot.Names);
    }

    [Fact]
    public void A_name_is_put_back_where_it_was_and_a_blanked_one_says_so() => Assert.Equal(
        """{"staffName":"Anna Adler","mailboxes":["(erased)",7]}""",
        AuditName.PutBack("""{"staffName":{"$name":0},"mailboxes":[{"$name":1},7]}""", place => place == 0 ? "Anna Adler" : null)!.ToJsonString());

    [Theory]
    [InlineData("")]
    [InlineData("next")]
    [InlineData("AAAA")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTkuMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA")]
    public void What_is_no_cursor_is_not_read(string text) => Assert.Null(AuditCursor.Read(text));

    [Fact]
    public void A_cursor_reads_back_as_it_was_written()
    {
        var cursor = new AuditCursor(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddTicks(7), Guid.NewGuid());
        Assert.Equal(cursor, AuditCursor.Read(cursor.Write()));
    }
}

using System.Text;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;
using Xunit;

namespace CleanSync.ContractTests.Protocol;

public sealed class EnvelopeSplitterTests
{
    private const int Bodies = 300;

    private static readonly string[] Contents =
    [
        "plain",
        "Grüße",
        "日程",
        "🗓️",
        "a &gt; b &lt; c",
        "<![CDATA[</s:Envelope> ]] ]>]]>",
        "<!-- </s:Envelope> - -- -->",
        "<empty/>",
        "<q at=\"a > b\" it='</s:Envelope>'/>",
        "<nested><s:Envelope/></nested>", "<?note > ?>", "<x:Envelope>inner</x:Envelope>", "\r\n\t ",
    ];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 8).Select(i => i * 7919)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_envelope_is_cut_whole_in_any_chunking(int seed)
    {
        var random = new Random(seed);
        for (var body = 0; body < Bodies; body++)
        {
            var envelopes = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Envelope(random)).ToList();
            var bytes = Encoding.UTF8.GetBytes(string.Concat(envelopes.Select(e => Between(random) + e)) + Between(random));
            Assert.True(envelopes.SequenceEqual(Cut(bytes, random)), $"seed {seed}, body {body}");
        }
    }

    [Fact]
    public void A_body_as_servers_send_it_is_cut_byte_by_byte()
    {
        var cutter = new EnvelopeSplitter();
        var envelopes = Samples.Bytes("wire-not-schema-valid/getstreamingevents-body.txt")
            .SelectMany(b => cutter.Cut([b]))
            .Select(Encoding.UTF8.GetString)
            .ToList();
        Assert.Equal(4, envelopes.Count);
        Assert.All(
            envelopes,
            e => Assert.True(
                e.StartsWith("<s:Envelope", StringComparison.Ordinal) && e.EndsWith("</s:Envelope>", StringComparison.Ordinal)));
        Assert.False(cutter.IsInside);
    }

    [Theory]
    [InlineData("<s:Envelope>0123456789012345678901234567890123456789", "larger")]
    [InlineData("<s:Envelope/> and more", "text between")]
    [InlineData("HTTP error", "text between")]
    [InlineData("</s:Envelope>", "an end tag")]
    [InlineData("<!DOCTYPE html><html/>", "a DTD")]
    [InlineData("<![CDAT<s:Envelope/>", "a DTD")]
    public void What_is_no_row_of_envelopes_fails_and_says_why(string body, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<EwsMalformedResponseException>(
                () => new EnvelopeSplitter(maxBytes: 40).Cut(Encoding.UTF8.GetBytes(body))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_bound_is_for_one_envelope_and_not_for_the_stream()
    {
        var cutter = new EnvelopeSplitter(maxBytes: 40);
        for (var i = 0; i < 1000; i++) Assert.Single(cutter.Cut("\r\n  <s:Envelope>0123456789</s:Envelope>"u8));
    }

    [Fact]
    public void Raw_control_bytes_are_blanked() =>
        Assert.Equal("<a>x y</a>", Encoding.UTF8.GetString(Assert.Single(new EnvelopeSplitter().Cut("<a>x\u0001y</a>"u8))));

    private static string Envelope(Random random)
    {
        var prefix = random.Next(3) switch { 0 => "s:", 1 => "soap:", _ => "" };
        var declaration = random.Next(2) == 0 ? "<?xml version=\"1.0\" encoding=\"utf-8\"?>" : "";
        var content = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Contents[random.Next(Contents.Length)]));
        return $"{declaration}<{prefix}Envelope xmlns=\"urn:a'b\">{content}</{prefix}Envelope{(random.Next(2) == 0 ? " " : "")}>";
    }

    private static string Between(Random random) =>
        random.Next(4) switch { 0 => " \r\n", 1 => "\uFEFF", 2 => new string(' ', random.Next(20)), _ => "" };

    private static List<string> Cut(byte[] bytes, Random random)
    {
        var (cutter, cut) = (new EnvelopeSplitter(), new List<string>());
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(3) switch { 0 => 1, 1 => random.Next(1, 12), _ => random.Next(1, 2000) });
            cut.AddRange(cutter.Cut(bytes.AsSpan(at, length)).Select(Encoding.UTF8.GetString));
            at += length;
        }
        return cutter.IsInside ? [.. cut, "an envelope that has not ended"] : cut;
    }
}

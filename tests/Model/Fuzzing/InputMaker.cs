using System.Text;
using System.Xml.Linq;

namespace CleanSync.Model.Fuzzing;

/// <summary>Makes the inputs of a seed: input n is the same however many are played, and in whichever order.</summary>
internal sealed class InputMaker(IReadOnlyList<Answer> corpus, int seed)
{
    private static readonly int[] Statuses =
        [
            100,
            101,
            200,
            200,
            200,
            201,
            204,
            206,
            301,
            302,
            307,
            400,
            401,
            403,
            404,
            405,
            408,
            413,
            417,
            429,
            440,
            499,
            500,
            500,
            500,
            501,
            502,
            503,
            504,
            599,
            999
        ];

    private static readonly (string, string)[] HeaderLines =
    [
        ("Retry-After", "7"),
        ("Retry-After", "-1"),
        ("Retry-After", "2147483647"),
        ("Retry-After", "99999999999"),
        ("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("Retry-After", "Mon, 01 Jan 0001 00:00:00 GMT"),
        ("Retry-After", "soon"),
        ("Location", "/ews/genericerrorpage.htm"),
        ("Location", "http://[::1"),
        ("Location", ""),
        ("Location", "//other/x"),
        ("WWW-Authenticate", "NTLM"),
        ("WWW-Authenticate", "Basic realm=\"a"),
        ("WWW-Authenticate", "=,=,,"),
        ("WWW-Authenticate", "Negotiate, NTLM, Basic realm=\"x\""),
        ("Content-Type", "text/html"),
        ("Content-Length", "5"),
        ("Content-Encoding", "br"),
    ];

    // 20 MB of blanks that came as 20 KB: more than the client takes.
    private static readonly Lazy<byte[]> Bomb = new(() => Disguise.Zip(Encoding.UTF8.GetBytes(new string(' ', 20_000_000))));

    private readonly Dictionary<Answer, XDocument?> trees = corpus.ToDictionary(a => a, a => Trees.Parse(a.Body));

    public Input Make(int number)
    {
        var dice = Dice.For(seed, number);
        var answer = dice.Of(corpus);
        // These take the whole allowance of the client, so they are rare.
        if (number % 50_000 == 49_999)
            return new Input(
                answer, 200, answer.Body[..(answer.Body.Length / 2)], Promise.IsNoSuccess, "goes on for ever")
            { IsEndless = true };
        if (number % 50_000 == 24_999) return new Input(answer, 200, Bomb.Value, Promise.IsNoSuccess, "a bomb") { IsCompressed = true };
        return dice.Below(100) switch
        {
            < 24 => Whole(answer, ByteDamage.Damage(answer.Body, dice), "bytes damaged"),
            < 58 when Tree(answer) is { } tree => Damaged(answer, tree, dice),
            < 70 when Tree(answer) is { } tree => Harmless(answer, tree, dice),
            < 80 => Cut(answer, dice),
            < 86 => Whole(answer, Disguise.Encode(answer.Body, dice), "in another encoding"),
            < 92 => Whole(answer, Disguise.WithEntities(answer.Body, dice), "entities"),
            < 94 when Tree(answer) is { } tree => Huge(answer, tree, dice),
            < 97 => Zipped(answer, dice),
            _ => Odd(answer, dice),
        };
    }

    private XDocument? Tree(Answer answer) => trees[answer] is { } tree ? new XDocument(tree) : null;

    private static Input Whole(Answer answer, byte[] body, string how) => new(answer, answer.Status, body, Promise.Nothing, how);

    private Input Damaged(Answer answer, XDocument tree, Dice dice)
    {
        TreeDamage.Damage(tree, dice, () => Another(dice));
        return Whole(answer, Trees.Write(tree), "elements damaged");
    }

    private static Input Harmless(Answer answer, XDocument tree, Dice dice)
    {
        HarmlessChange.Change(tree, dice);
        var body = Trees.Write(tree);
        // A comment or a CDATA section is no place for a reference.
        if (dice.OneIn(3) && body.AsSpan().IndexOf("<!"u8) < 0 && body.AsSpan().IndexOf("<?"u8) < 0) body = Disguise.Harmlessly(body, dice);
        var zipped = dice.OneIn(5);
        return new Input(
            answer,
            answer.Status,
            zipped ? Disguise.Zip(body) : body,
            Promise.ReadsAlike,
            "changed without meaning")
        { IsCompressed = zipped };
    }

    private static Input Cut(Answer answer, Dice dice)
    {
        var whole = answer.Body.AsSpan().TrimEnd(" \r\n\t"u8).Length;
        return new Input(answer, answer.Status, answer.Body[..dice.Below(whole)], Promise.IsNoSuccess, "cut off");
    }

    private static Input Huge(Answer answer, XDocument tree, Dice dice)
    {
        var element = dice.Of([.. tree.Root!.DescendantsAndSelf()]);
        var much = new string(dice.Of<char>(['x', '<', '&', 'ü', '\u0001']), dice.Between(1, 16) * 16 * 1024);
        switch (dice.Below(5))
        {
            case 0:
                element.SetAttributeValue("Id", much);
                break;
            case 1:
                element.Add(new XText(much));
                break;
            case 2:
                for (var i = 0; i < 3000; i++) element.SetAttributeValue($"a{i}", "b");
                break;
            case 3 when !element.HasElements:
                element.Value = much;
                break;
            default:
                for (var i = 0; i < 4000; i++) element.Add(
                    new XElement(element.Name.Namespace + (dice.OneIn(2) ? "ItemId" : $"n{i}"), new XAttribute("Id", i)));
                break;
        }
        return Whole(answer, Trees.Write(tree), "huge");
    }

    private static Input Zipped(Answer answer, Dice dice)
    {
        var zipped = Disguise.Zip(answer.Body);
        var (body, promise, how) = dice.Below(3) switch
        {
            0 => CutZip(answer, zipped[..dice.Below(zipped.Length)]),
            1 => (ByteDamage.Damage(zipped, dice), Promise.Nothing, "compressed and damaged"),
            _ => (answer.Body, Promise.Nothing, "said to be compressed and is not"),
        };
        return new Input(answer, answer.Status, body, promise, how) { IsCompressed = true };
    }

    /// <summary>Without its last bytes, which are a check sum, the whole text may still be there.</summary>
    private static (byte[], Promise, string) CutZip(Answer answer, byte[] zipped) =>
        (
            zipped,
            Disguise.Unzip(zipped).AsSpan().TrimEnd(" \r\n\t"u8).SequenceEqual(answer.Body.AsSpan().TrimEnd(" \r\n\t"u8))
                ? Promise.ReadsAlike
                : Promise.IsNoSuccess,
            "compressed and cut off");

    private Input Odd(Answer answer, Dice dice)
    {
        byte[] body = dice.Below(4) switch
        {
            0 => dice.Of(corpus).Body,
            1 => [],
            2 => Encoding.UTF8.GetBytes($"<html><head><title>{dice.Of(Hostile.Values)}</title></head><body>locked out ErrorInvalidSchemaVersionForMailboxVersion</body></html>"),
            _ => answer.Body,
        };
        (string, string)[] headers = [dice.Of(HeaderLines), dice.Of(HeaderLines), dice.Of(HeaderLines)];
        return new Input(
            answer,
            dice.Of(Statuses),
            body,
            Promise.Nothing,
            "an odd status, or the answer to another question")
        {
            Headers = headers,
            Question = dice.OneIn(3) ? dice.Of(corpus).Question : answer.Question
        };
    }

    private XDocument Another(Dice dice)
    {
        while (true)
            if (trees[dice.Of(corpus)] is { } tree) return tree;
    }
}

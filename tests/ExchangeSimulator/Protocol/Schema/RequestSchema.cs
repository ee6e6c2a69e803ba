using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CleanSync.ExchangeSimulator.Protocol.Schema;

/// <summary>Reads RequestGrammar once and holds requests against it, as strictly as Exchange does.</summary>
internal static partial class RequestSchema
{
    private static readonly Dictionary<string, Rule> Rules = Read(RequestGrammar.Text);

    private sealed record Rule(
        Dictionary<string, Attribute> Attributes,
        List<Place> Places,
        string? TextKind,
        Dictionary<string, ExchangeVersion>? Values);

    private sealed record Attribute(string Kind, bool IsRequired, ExchangeVersion Since);

    private sealed record Place(Dictionary<XName, (string Rule, ExchangeVersion Since)> Elements, int Min, int Max);

    /// <summary>Throws the ErrorSchemaValidation fault when the element is not what that version's schema allows.</summary>
    public static void Check(XElement element, ExchangeVersion version) => Check(element, element.Name.LocalName, version);

    public static bool Knows(string rule) => Rules.ContainsKey(rule);

    private static void Check(XElement element, string ruleName, ExchangeVersion version)
    {
        if (ruleName == "any") return;
        if (!Rules.TryGetValue(ruleName, out var rule))
        {
            if (element.HasElements) throw UnexpectedChild(element, element.Elements().First(), []);
            CheckText(element, element.Name.LocalName, ruleName, element.Value, version);
            return;
        }
        CheckAttributes(element, rule, version);
        if (rule.Values is not null || rule.TextKind is not null)
        {
            if (element.HasElements) throw UnexpectedChild(element, element.Elements().First(), []);
            CheckText(element, element.Name.LocalName, rule.TextKind ?? ruleName, element.Value, version);
            return;
        }
        if (element.Nodes().OfType<XText>().FirstOrDefault(t => !string.IsNullOrWhiteSpace(t.Value)) is { } text)
            throw SoapFaultException.Schema(
                text, $"The element '{element.Name.LocalName}' in namespace '{element.Name.NamespaceName}' cannot contain text.");
        CheckChildren(element, rule, version);
    }

    private static void CheckChildren(XElement element, Rule rule, ExchangeVersion version)
    {
        var children = element.Elements().ToList();
        var next = 0;
        foreach (var place in rule.Places)
        {
            var count = 0;
            while (count < place.Max && next < children.Count
                && place.Elements.TryGetValue(children[next].Name, out var found) && found.Since <= version)
            {
                Check(children[next++], found.Rule, version);
                count++;
            }
            if (count >= place.Min) continue;
            var expected = place.Elements.Where(e => e.Value.Since <= version).Select(e => e.Key.LocalName);
            if (next < children.Count) throw UnexpectedChild(element, children[next], expected);
            throw SoapFaultException.Schema(
                element,
                $"The element '{element.Name.LocalName}' in namespace '{element.Name.NamespaceName}' has incomplete content. List of possible elements expected: '{string.Join(", ", expected)}'.");
        }
        if (next < children.Count)
            throw UnexpectedChild(
                element,
                children[next],
                rule.Places.SelectMany(p => p.Elements).Where(e => e.Value.Since <= version).Select(e => e.Key.LocalName).Take(5));
    }

    private static void CheckAttributes(XElement element, Rule rule, ExchangeVersion version)
    {
        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace == XNamespace.None))
        {
            if (!rule.Attributes.TryGetValue(attribute.Name.LocalName, out var known) || known.Since > version)
                throw SoapFaultException.Schema(attribute, $"The '{attribute.Name.LocalName}' attribute is not declared.");
            CheckText(attribute, attribute.Name.LocalName, known.Kind, attribute.Value, version);
        }
        foreach (var (name, _) in rule.Attributes.Where(a => a.Value.IsRequired))
            if (element.Attribute(name) is null) throw SoapFaultException.Schema(element, $"The required attribute '{name}' is missing.");
    }

    private static void CheckText(
        XObject at,
        string name,
        string kind,
        string text,
        ExchangeVersion version)
    {
        var fits = Rules.GetValueOrDefault(kind)?.Values is { } values
            ? values.TryGetValue(text, out var since) && since <= version
            : SimpleTexts.Accepts(kind, text, version);
        // Only what should have been one of the schema's own words is repeated; another value may be somebody's data.
        var shown = kind == "fieldUri" || Rules.ContainsKey(kind) ? $" '{text}'" : "";
        if (!fits)
            throw SoapFaultException.Schema(
                at,
                $"The '{name}' {(at is XAttribute ? "attribute" : "element")} is invalid - The value{shown} is invalid according to its datatype '{kind}'.");
    }

    private static SoapFaultException UnexpectedChild(XElement parent, XElement child, IEnumerable<string> expected) =>
        SoapFaultException.Schema(
        child,
        $"The element '{parent.Name.LocalName}' in namespace '{parent.Name.NamespaceName}' has invalid child element '{child.Name.LocalName}' in namespace '{child.Name.NamespaceName}'. List of possible elements expected: '{string.Join(", ", expected)}'.");

    private static Dictionary<string, Rule> Read(string grammar)
    {
        var rules = new Dictionary<string, Rule>(StringComparer.Ordinal);
        var paragraphs = Continuation().Replace(grammar, " ")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var words in paragraphs.Select(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            rules.Add(words[0], words[1] == ":=" ? ReadValues(words[2..]) : ReadRule(words[2..]));
        var names = rules.Values.SelectMany(
            r => r.Places.SelectMany(p => p.Elements.Values.Select(e => e.Rule)).Concat(r.Attributes.Values.Select(a => a.Kind)));
        if (names.FirstOrDefault(n => n != "any" && !rules.ContainsKey(n) && !SimpleTexts.IsKnown(n)) is { } unknown)
            throw new InvalidOperationException($"The request grammar names {unknown} and does not say what it is.");
        return rules;
    }

    private static Rule ReadValues(string[] words) =>
        new(
            [],
            [],
            null,
            words.Select(w => w.Split('^')).ToDictionary(w => w[0], w => Version(w.ElementAtOrDefault(1)), StringComparer.Ordinal));

    private static Rule ReadRule(string[] words)
    {
        var (attributes, places, text) = (new Dictionary<string, Attribute>(StringComparer.Ordinal), new List<Place>(), (string?)null);
        foreach (var word in words)
        {
            if (word[0] == '#')
            {
                text = word[1..];
            }
            else if (word[0] == '@')
            {
                var part = Particle().Match(word[1..]);
                attributes.Add(
                    part.Groups["name"].Value,
                    new Attribute(part.Groups["rule"].Value, part.Groups["many"].Length == 0, Version(part.Groups["since"].Value)));
            }
            else
            {
                var isChoice = word[0] == '{';
                var parts = (isChoice ? word[1..word.IndexOf('}', StringComparison.Ordinal)] : word).Split(',')
                    .Select(p => Particle().Match(p))
                    .ToList();
                var many = isChoice ? word[(word.IndexOf('}', StringComparison.Ordinal) + 1)..] : parts[0].Groups["many"].Value;
                var elements = parts.ToDictionary(
                    p => (p.Groups["ns"].Value == "m" ? Ns.M : Ns.T) + p.Groups["name"].Value,
                    p => (p.Groups["rule"].Value, Version(p.Groups["since"].Value)));
                places.Add(new Place(elements, many is "?" or "*" ? 0 : 1, many is "*" or "+" ? int.MaxValue : 1));
            }
        }
        return new Rule(attributes, places, text, null);
    }

    private static ExchangeVersion Version(string? text) =>
        string.IsNullOrEmpty(text) ? ExchangeVersion.Exchange2007 : Enum.Parse<ExchangeVersion>("Exchange" + text);

    [GeneratedRegex(@"^(?:(?<ns>[mt]):)?(?<name>\w+)(?<many>[?*+])?(?:\^(?<since>\w+))?:(?<rule>\w+)$")]
    private static partial Regex Particle();

    [GeneratedRegex(@"\r?\n[ \t]+")]
    private static partial Regex Continuation();
}

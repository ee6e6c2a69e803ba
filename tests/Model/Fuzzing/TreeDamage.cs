using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Model.Fuzzing;

/// <summary>
/// Answers that are XML and no longer what they were: elements doubled, lost, moved, renamed, nested, with values out of range.
/// </summary>
internal static class TreeDamage
{
    private static readonly XNamespace[] Namespaces =
        [
            Ews.Types,
            Ews.Messages,
            Ews.Errors,
            Ews.Soap,
            XNamespace.None,
            "urn:other",
            "https://schemas.microsoft.com/exchange/services/2006/types"
        ];

    public static void Damage(XDocument tree, Dice dice, Func<XDocument> other)
    {
        for (var times = dice.Between(1, 3); times > 0; times--)
        {
            var all = tree.Root!.DescendantsAndSelf().ToList();
            Once(dice.Of(all), all, dice, other);
        }
    }

    private static void Once(XElement element, List<XElement> all, Dice dice, Func<XDocument> other)
    {
        switch (dice.Below(14))
        {
            case 0 when element.Parent is not null:
                element.AddAfterSelf(new XElement(element));
                break;
            case 1 when element.Parent is not null:
                element.Remove();
                break;
            case 2 when element.Parent is not null:
                var target = dice.Of(all);
                if (target.AncestorsAndSelf().Contains(element)) break;
                element.Remove();
                target.Add(element);
                break;
            case 3 when element.Parent is not null
                && dice.Of(all) is { Parent: not null } twin
                && !twin.Ancestors().Contains(element)
                && !element.Ancestors().Contains(twin)
                && twin != element:
                XElement one = new(element), two = new(twin);
                element.ReplaceWith(two);
                twin.ReplaceWith(one);
                break;
            case 4:
                element.Name = dice.Of(all).Name;
                break;
            case 5:
                element.Name = dice.Of(Namespaces) + element.Name.LocalName;
                break;
            case 6 or 7:
                (dice.OneIn(4) ? element : dice.Of([.. all.Where(e => !e.HasElements)])).Value = dice.Of(Hostile.Values);
                break;
            case 8 when Attributes(all) is { Count: > 0 } attributes:
                dice.Of(attributes).Value = dice.Of(Hostile.Values);
                break;
            case 9 when Attributes(all) is { Count: > 0 } attributes:
                dice.Of(attributes).Remove();
                break;
            case 10:
                Nest(element, dice.OneIn(2) ? dice.Between(1, 12) : dice.Between(40, 200));
                break;
            case 11 when element.HasElements && element.Parent is not null:
                element.ReplaceWith(element.Nodes().ToList());
                break;
            case 12:
                element.Add(new XElement(dice.Of([.. other().Root!.DescendantsAndSelf()])));
                break;
            default:
                element.Add(new XText(dice.Of(Hostile.Values)));
                break;
        }
    }

    private static List<XAttribute> Attributes(List<XElement> all) => [.. all.Attributes().Where(a => !a.IsNamespaceDeclaration)];

    private static void Nest(XElement element, int levels)
    {
        var (content, inner) = (element.Nodes().ToList(), element);
        element.RemoveNodes();
        for (var i = 0; i < levels; i++)
        {
            var next = new XElement(element.Name);
            inner.Add(next);
            inner = next;
        }
        inner.Add(content);
    }
}

using System.Xml.Linq;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Model.Fuzzing;

/// <summary>Changes that mean nothing: another server, proxy or version may write the same answer like this.</summary>
internal static class HarmlessChange
{
    private static readonly XNamespace Types = Ews.Types, Messages = Ews.Messages;

    public static void Change(XDocument tree, Dice dice)
    {
        for (var times = dice.Between(1, 3); times > 0; times--) Once(tree, dice);
    }

    private static void Once(XDocument tree, Dice dice)
    {
        var all = tree.Root!.DescendantsAndSelf().ToList();
        var element = dice.Of(all);
        switch (dice.Below(10))
        {
            case 0:
                element.AddFirst(new XComment(" nothing "));
                break;
            case 1:
                element.Add(new XProcessingInstruction("nothing", "here"));
                break;
            case 2 when all.Where(e => IsItem(e) || e.Name.LocalName is "Header" or "RootFolder" && e.HasElements)
                .ToList() is { Count: > 0 } open:
                Insert(
                    dice.Of(open),
                    new XElement(
                        (XNamespace)(dice.OneIn(2) ? "urn:new" : Ews.Types) + "NewerThanThis",
                        new XAttribute("Id", "new"),
                        new XElement(Types + "Subject", "not this")),
                    dice);
                break;
            case 3 when all.Where(IsItem).ToList() is { Count: > 0 } items:
                Shuffle(dice.Of(items), dice);
                break;
            case 4:
                all.Attributes().Where(a => a.IsNamespaceDeclaration).Remove();
                break;
            case 5:
                foreach (var type in all.Where(e => e.Name.Namespace == Types)) type.Name = Messages + type.Name.LocalName;
                break;
            case 6 when all.Where(e => e.HasElements && !e.Nodes().OfType<XText>().Any(t => !string.IsNullOrWhiteSpace(t.Value)))
                .ToList() is { Count: > 0 } structures:
                dice.Of(structures).AddFirst(new XText("\r\n\t "));
                break;
            case 7 when all.Where(e => e.Nodes()
                .ToList() is [XText text]
                    && text.Value.All(c => c >= ' ')
                    && !string.IsNullOrWhiteSpace(text.Value)).ToList() is { Count: > 0 } texts:
                var chosen = dice.Of(texts);
                chosen.ReplaceNodes(new XCData(chosen.Value));
                break;
            case 8:
                tree.Root!.Elements().Where(e => e.Name.LocalName == "Header").Remove();
                break;
            default:
                foreach (var words in all.Where(e => e.Name.LocalName is "MessageText" or "DescriptiveLinkKey"))
                {
                    words.Value = "In other words.";
                }
                break;
        }
    }

    private static bool IsItem(XElement element) =>
        element.Children("ItemId").Any() && element.Parent?.Name.LocalName is "Items" or "Create" or "Update";

    private static void Insert(XElement into, XElement what, Dice dice)
    {
        var children = into.Elements().ToList();
        if (children.Count == 0) into.Add(what);
        else dice.Of(children).AddBeforeSelf(what);
    }

    private static void Shuffle(XElement item, Dice dice)
    {
        var children = item.Elements().ToList();
        item.RemoveNodes();
        while (children.Count > 0)
        {
            var next = dice.Below(children.Count);
            item.Add(children[next]);
            children.RemoveAt(next);
        }
    }
}

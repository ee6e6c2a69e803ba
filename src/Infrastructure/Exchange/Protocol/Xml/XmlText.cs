using System.Text;
using System.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// XML 1.0 forbids most control characters and lone surrogates; Exchange emits some all the same, and refuses them when sent.
/// </summary>
internal static class XmlText
{
    /// <summary>The text without the characters that XML cannot carry; the same instance if there are none.</summary>
    public static string Legal(string text)
    {
        var suspect = text.AsSpan().IndexOfAnyExceptInRange(' ', '\uD7FF');
        return suspect < 0 ? text : Strip(text, suspect);
    }

    private static string Strip(string text, int from)
    {
        var legal = new StringBuilder(text, 0, from, text.Length);
        for (var i = from; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                legal.Append(text[i]);
            else if (IsPairAt(text, i))
                legal.Append(text[i]).Append(text[++i]);
        }
        return legal.Length == text.Length ? text : legal.ToString();
    }

    private static bool IsPairAt(string text, int i) => i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
}

using System.Collections.Frozen;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>Reads enumerations whose members are spelled as on the wire. A value that a newer server adds reads as null.</summary>
internal static class EwsEnum
{
    public static T? Parse<T>(string text) where T : struct, Enum => Values<T>.ByName.TryGetValue(text, out var value) ? value : null;

    private static class Values<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> ByName =
            Enum.GetValues<T>().ToFrozenDictionary(value => value.ToString(), StringComparer.Ordinal);
    }
}

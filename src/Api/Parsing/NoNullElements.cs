using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CleanSync.Api.Parsing;

/// <summary>A null within a list that has none by its type is refused by its place; the serializer itself looks at members only.</summary>
internal static class NoNullElements
{
    public const string Expected = "Expected a value, not null.";

    public static void Check(JsonTypeInfo type)
    {
        if (type.Kind is not JsonTypeInfoKind.Object) return;
        var nullability = new NullabilityInfoContext();
        var lists = type.Properties
            .Where(p => p.AttributeProvider is PropertyInfo property && HasNoNulls(property, nullability) && p.Get is not null).ToList();
        if (lists.Count > 0) type.OnDeserialized += made => lists.ForEach(list => Check(list, made));
    }

    private static void Check(JsonPropertyInfo list, object made)
    {
        if (list.Get!(made) is not IEnumerable elements) return;
        var index = 0;
        foreach (var element in elements)
        {
            if (element is null) throw new JsonException(Expected, $"$.{list.Name}[{index}]", null, null);
            index++;
        }
    }

    private static bool HasNoNulls(PropertyInfo property, NullabilityInfoContext nullability) =>
        property.PropertyType is { IsGenericType: true } and not { IsValueType: true }
        && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
        && nullability.Create(property).GenericTypeArguments is [{ ReadState: NullabilityState.NotNull, Type.IsValueType: false }];
}

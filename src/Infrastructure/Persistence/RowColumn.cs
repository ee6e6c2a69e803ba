using System.Linq.Expressions;
using System.Reflection;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>A property of a row record, as it is stored.</summary>
/// <param name="Type">Of the value where there is one.</param>
internal sealed record RowColumn<T>(string Name, Type Type, Func<T, object?> Value)
{
    public static IReadOnlyList<RowColumn<T>> All { get; } = [.. typeof(T).GetProperties().Select(Of)];

    private static RowColumn<T> Of(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(T));
        var read = Expression.Lambda<Func<T, object?>>(
            Expression.Convert(Expression.Property(row, property), typeof(object)), row).Compile();
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new RowColumn<T>(property.Name, type, r => StoredValues.Of(read(r)));
    }
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CleanSync.Api.OpenApi;

/// <summary>
/// The document says of each record what the serializer does: a constructor parameter without a default is always there, one with a default
/// can be left out, null is what the code calls nullable, and only request bodies refuse further fields (answers may grow).
/// </summary>
internal sealed partial class ExactShapes : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema shape) return;
        if (shape.Description is not null) shape.Description = TypeName().Replace(shape.Description, "$1");
        var constructor = context.Type.GetConstructors().MaxBy(c => c.GetParameters().Length);
        if (shape.Properties is not { Count: > 0 } properties || constructor is null) return;

        var parameters = constructor.GetParameters().Where(p => properties.ContainsKey(NameOf(p.Name!))).ToList();
        shape.Required = parameters.Where(p => !p.HasDefaultValue).Select(p => NameOf(p.Name!)).ToHashSet();
        shape.AdditionalPropertiesAllowed = context.Type.GetCustomAttribute<JsonUnmappedMemberHandlingAttribute>() is null;
        foreach (var parameter in parameters.Where(p => p is { HasDefaultValue: true, DefaultValue: not null }))
        {
            if (properties[NameOf(parameter.Name!)] is OpenApiSchema property)
                property.Default = JsonSerializer.SerializeToNode(parameter.DefaultValue);
        }

        var nullability = new NullabilityInfoContext();
        foreach (var property in context.Type.GetProperties().Where(p => properties.ContainsKey(NameOf(p.Name))))
            properties[NameOf(property.Name)] = WithNull(
                properties[NameOf(property.Name)], nullability.Create(property).ReadState is NullabilityState.Nullable);
    }

    private static IOpenApiSchema WithNull(IOpenApiSchema schema, bool nullable)
    {
        if (schema is OpenApiSchema { Type: { } type } own) own.Type = nullable ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
        return schema is OpenApiSchemaReference && nullable
            ? new OpenApiSchema { Description = schema.Description, OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] }
            : schema;
    }

    private static string NameOf(string member) => JsonNamingPolicy.CamelCase.ConvertName(member);

    /// <summary>A reference in a comment arrives as the full name of a type or member.</summary>
    [GeneratedRegex(@"CleanSync\.(?:\w+\.)+(\w+)")]
    private static partial Regex TypeName();
}

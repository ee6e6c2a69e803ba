using CleanSync.Api.Parsing;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CleanSync.Api.OpenApi;

/// <summary>
/// A request that cannot be accepted, made for the operation: its first required field is missing, or a parameter is not what it should be.
/// </summary>
internal static class InvalidRequestExample
{
    public static InvalidRequest Of(OpenApiOperation operation, SchemaRepository schemas)
    {
        if (operation.RequestBody is not null)
            return FirstRequired(operation, schemas) is { } field
                ? FieldErrors.Of(field, UnreadableRequest.IsRequired)
                : FieldErrors.Of("body", UnreadableRequest.BodyExpected);
        var told = operation.Parameters!.Select(p => (p.Name, Expected: Expected(p))).ToList();
        return told.Find(p => p.Expected is not null) is { Name: { } name, Expected: { } expected }
            ? FieldErrors.Of(name, expected)
            : FieldErrors.Of(told[0].Name!, StaffIds.Expected);
    }

    private static string? FirstRequired(OpenApiOperation operation, SchemaRepository schemas)
    {
        var schema = operation.RequestBody!.Content?.Values.FirstOrDefault()?.Schema;
        if (schema is OpenApiSchemaReference { Reference.Id: { } id }) schema = schemas.Schemas.GetValueOrDefault(id);
        return schema?.Properties?.Keys.FirstOrDefault(k => schema.Required?.Contains(k) == true);
    }

    private static string? Expected(IOpenApiParameter parameter) => parameter.Schema switch
    {
        { Format: "uuid" } => UnreadableRequest.IdExpected,
        { Format: "date-time" } => Instant.Expected,
        { Format: "int32" } => UnreadableRequest.NumberExpected,
        _ => null,
    };
}

using System.Text.Json;
using System.Text.RegularExpressions;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using HttpJson = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace CleanSync.Api.Parsing;

/// <summary>
/// Says which part of a request could not be read and what was expected there. The framework tells it in sentences only, so they are
/// taken apart here; what was sent is never repeated.
/// </summary>
internal static partial class UnreadableRequest
{
    /// <summary>What is expected of a field that was left out.</summary>
    public const string IsRequired = "This field is required.";

    public const string IdExpected =
        "Expected an id, such as 0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21.",
        NumberExpected = "Expected a whole number.",
        BodyExpected = "Expected a JSON body.";

    private static readonly string[] Required = [IsRequired];

    public static Error Refusal(HttpContext http, BadHttpRequestException unreadable) => unreadable switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => new RequestTooLarge(),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new JsonExpected(),
        { InnerException: JsonException json } => InBody(http, json),
        _ => InParameter(unreadable.Message),
    };

    private static InvalidRequest InBody(HttpContext http, JsonException json)
    {
        string[] path = json.Path is ['$', '.', .. var found] ? found.Split('.') : [];
        var field = path is [] ? "body" : string.Join('.', path);
        if (MissingFields().Match(json.Message) is { Success: true } missing)
        {
            var within = path is [] ? "" : field + ".";
            return new(QuotedNames().Matches(missing.Groups["names"].Value).ToDictionary(m => within + m.Groups[1].Value, _ => Required));
        }

        if (json.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            return FieldErrors.Of(
                field, $"There is no such field. Known are: {string.Join(", ", FieldsOf(http, TypeAt(http, path[..^1])))}.");
        if (NullField().Match(json.Message) is { Success: true } nulled)
            return FieldErrors.Of(path is [] ? nulled.Groups[1].Value : field, "Expected a value, not null.");
        if (json.Message.Contains("could not be converted to", StringComparison.Ordinal))
            return FieldErrors.Of(field, Expected(TypeAt(http, path)?.ToString() ?? ""));
        return FieldErrors.Of(field, json.InnerException is null && json.Message.StartsWith("Expected", StringComparison.Ordinal)
            ? json.Message
            : $"The body is not valid JSON (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}).");
    }

    private static InvalidRequest InParameter(string message)
    {
        if (Parameter().Match(message) is not { Success: true } parameter) return FieldErrors.Of("body", BodyExpected);
        var (type, name) = (parameter.Groups["type"].Value, parameter.Groups["name"].Value);
        if (message.Contains("from body", StringComparison.Ordinal)) return FieldErrors.Of("body", BodyExpected);
        return FieldErrors.Of(name == "ifMatch" ? "If-Match" : name, Expected(type));
    }

    private static string Expected(string type) => type switch
    {
        _ when type.Contains(nameof(Instant), StringComparison.Ordinal) => Instant.Expected,
        _ when type.Contains(nameof(IfMatch), StringComparison.Ordinal) => IfMatch.Expected,
        _ when type.Contains(nameof(AccountState), StringComparison.Ordinal) =>
            $"Expected one of {string.Join(", ", Enum.GetNames<AccountState>())}.",
        _ when type.Contains(nameof(CopiesDecision), StringComparison.Ordinal) => DeleteStaffLink.CopiesExpected,
        _ when type.Contains("Guid", StringComparison.Ordinal) => IdExpected,
        _ when type.Contains("Int32", StringComparison.Ordinal) => NumberExpected,
        _ when type.Contains("Boolean", StringComparison.Ordinal) => "Expected true or false.",
        _ when type.Contains("Uri", StringComparison.Ordinal) =>
            "Expected an address, such as https://mail.contoso.example/EWS/Exchange.asmx.",
        _ when type.Contains("List", StringComparison.Ordinal) => "Expected a list.",
        _ when type.Contains("String", StringComparison.OrdinalIgnoreCase) => "Expected a text.",
        _ => "Expected an object.",
    };

    /// <summary>What the endpoint's body has at a path; null when it has nothing there.</summary>
    private static Type? TypeAt(HttpContext http, IEnumerable<string> path)
    {
        var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
        var type = endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        foreach (var step in path)
        {
            var property = type is null ? null : Json(http).GetTypeInfo(type).Properties.FirstOrDefault(p => p.Name == step.Split('[')[0]);
            type = step.Contains('[', StringComparison.Ordinal)
                ? property?.PropertyType.GetGenericArguments().FirstOrDefault()
                : property?.PropertyType;
        }

        return type;
    }

    private static IEnumerable<string> FieldsOf(HttpContext http, Type? type) =>
        type is null ? [] : Json(http).GetTypeInfo(type).Properties.Select(p => p.Name);

    private static JsonSerializerOptions Json(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<HttpJson>>().Value.SerializerOptions;

    [GeneratedRegex("missing required properties including: (?<names>.*)$")]
    private static partial Regex MissingFields();

    [GeneratedRegex("['\"]([A-Za-z]+)['\"]")]
    private static partial Regex QuotedNames();

    [GeneratedRegex("(?:parameter|property) ['\"]([A-Za-z]+)['\"].*doesn't allow null")]
    private static partial Regex NullField();

    [GeneratedRegex("parameter \"(?<type>[^\"]+) (?<name>\\w+)\"")]
    private static partial Regex Parameter();
}

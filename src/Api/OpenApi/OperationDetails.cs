using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CleanSync.Api.Security;
using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using HttpJson = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace CleanSync.Api.OpenApi;

/// <summary>Adds to each operation who may call it, its headers, its example and every problem it can answer with.</summary>
internal sealed class OperationDetails(IOptions<HttpJson> json) : IOperationFilter
{
    /// <summary>What an example leaves out shall not stand there as null.</summary>
    private readonly JsonSerializerOptions examples =
        new(json.Value.SerializerOptions) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const string SampleTraceId = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var needsKey = !metadata.OfType<IAllowAnonymous>().Any();
        if (needsKey) DescribeAccess(operation, AccessRules.Of(metadata), context.Document);
        if (metadata.OfType<BodyExample>().FirstOrDefault() is { } example
            && operation.RequestBody?.Content?.Values.FirstOrDefault() is OpenApiMediaType body)
            body.Example = Json(example.Body);

        DescribeSuccess(operation, metadata);
        foreach (var answer in metadata.OfType<AnswerExample>()) ShowAnswer(operation, answer);
        foreach (
            var problems in Refusals(operation, metadata, needsKey, context.SchemaRepository).GroupBy(r => r.Status).OrderBy(g => g.Key))
            operation.Responses![problems.Key.ToString(CultureInfo.InvariantCulture)] =
                Response([.. problems.Select(p => p.Refusal)], problems.Key, context);
    }

    private static void DescribeSuccess(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var (status, response) in operation.Responses!.Where(r => r.Key.StartsWith('2')))
        {
            if (response is not OpenApiResponse success) continue;
            success.Description =
                status switch
                {
                    "201" => "Made; this is the result.",
                    "202" => "Asked for; this is how it stands.",
                    "204" => "Done.",
                    _ => "This is the result."
                };
            success.Headers = new Dictionary<string, IOpenApiHeader>();
            if (status == "201") success.Headers["Location"] = Header("Address of what was made.");
            if (status == "202") success.Headers["Location"] = Header("Address that shows the progress.");
            if (metadata.OfType<CarriesETag>().Any())
                success.Headers["ETag"] = Header("The stored version in double quotes, for If-Match.");
        }
    }

    /// <summary>Null is part of an answer.</summary>
    private void ShowAnswer(OpenApiOperation operation, AnswerExample answer)
    {
        foreach (var (status, response) in operation.Responses!.Where(r => r.Key.StartsWith('2')))
        {
            if (answer.Status is { } only && status != only.ToString(CultureInfo.InvariantCulture)) continue;
            if (response.Content?.Values.FirstOrDefault() is OpenApiMediaType shown)
                shown.Example = JsonSerializer.SerializeToNode(answer.Body, json.Value.SerializerOptions);
        }
    }

    private static OpenApiHeader Header(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiHeader RetryAfter => Header("Seconds until the call may be sent again.");

    private static IEnumerable<(int Status, Error Refusal)> Refusals(
        OpenApiOperation operation,
        IList<object> metadata,
        bool needsKey,
        SchemaRepository schemas)
    {
        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
            yield return (400, InvalidRequestExample.Of(operation, schemas));
        if (needsKey)
        {
            foreach (var unknown in new Error[] { new CredentialMissing(), new ApiKeyWrong(), new ApiKeyIsRevoked(), new ApiKeyHasExpired(),
                Sample<TokenRefused>(), new TokenHasExpired() })
                yield return (401, unknown);
            foreach (var forbidden in Forbidden(AccessRules.Of(metadata))) yield return (403, forbidden);
        }

        if (operation.RequestBody is not null) yield return (413, new RequestTooLarge());
        if (operation.RequestBody is not null) yield return (415, new JsonExpected());
        if (needsKey)
        {
            yield return (429, Sample<TooManyCalls>());
            yield return (429, Sample<TooManyRefusedCredentials>());
        }
        else
        {
            yield return (429, new TooManyAtOnce());
        }

        yield return (500, UnhandledExceptions.Unforeseen);
        if (needsKey) yield return (503, Sample<DatabaseIsNotReady>());
        var takesIfMatch = operation.Parameters?.Any(p => p.Name == "If-Match") == true;
        foreach (var refusal in metadata.OfType<CanRefuse>().Distinct().Select(r => ProblemCatalogue.Sample(r.Refusal)))
        {
            yield return (Problems.StatusOf(refusal), refusal);
            if (refusal is ChangedMeanwhile && takesIfMatch) yield return (412, refusal);
        }
    }

    private static IEnumerable<Error> Forbidden(Access access)
    {
        if (!access.Roles.Contains(Role.Staff)) yield return Sample<RoleMayNot>();
        yield return new RoleIsMissing();
        if (!access.OwnOnly) yield break;
        yield return new StaffIdIsMissing();
        yield return Sample<CalendarIsAnothers>();
    }

    private static Error Sample<T>()
        where T : Error => ProblemCatalogue.Sample(typeof(T));

    /// <summary>Either credential; and the roles, for people and for programs.</summary>
    private static void DescribeAccess(OpenApiOperation operation, Access access, OpenApiDocument document)
    {
        operation.Security =
        [
            new() { [new OpenApiSecuritySchemeReference(ApiKeyAuthentication.SchemeName, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(Credentials.Bearer, document)] = [] },
        ];
        string[] roles = [.. access.Roles.Select(AccessRules.Words)];
        operation.Extensions = new Dictionary<string, IOpenApiExtension>
        {
            ["x-roles"] = new JsonNodeExtension(new JsonArray([.. roles.Select(r => JsonValue.Create(r))])),
        };
        var sentence = $"Roles: {string.Join(", ", roles)}{(access.OwnOnly ? " (their own calendar only)" : "")}.";
        operation.Description = string.IsNullOrEmpty(operation.Description) ? sentence : $"{operation.Description}\n\n{sentence}";
    }

    private OpenApiResponse Response(IReadOnlyList<Error> refusals, int status, OperationFilterContext context) => new()
    {
        Headers = status is StatusCodes.Status429TooManyRequests
            ? new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = RetryAfter }
            : null,
        Description = refusals.Count == 1
            ? $"{Problems.TitleOf(refusals[0])}."
            : string.Join("\n", refusals.Select(r => $"- {Problems.TitleOf(r)}")),
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [Problems.ContentType] = new OpenApiMediaType
            {
                Schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository),
                Examples = refusals.ToDictionary(r => r.Code, r => Example(r, status, context.Document)),
            },
        },
    };

    /// <summary>Each problem is written out once and referred to everywhere; only an invalid request differs from form to form.</summary>
    private IOpenApiExample Example(Error refusal, int status, OpenApiDocument document)
    {
        if (refusal is InvalidRequest) return Written(refusal, status);
        var name = status == Problems.StatusOf(refusal) ? refusal.Code : $"{refusal.Code}-{status}";
        if (document.Components?.Examples?.ContainsKey(name) != true)
        {
            document.AddComponent(name, Written(refusal, status));
        }

        return new OpenApiExampleReference(name, document);
    }

    private OpenApiExample Written(Error refusal, int status) =>
        new() { Summary = Problems.TitleOf(refusal), Value = Json(Problems.Write(refusal, status, SampleTraceId)) };

    private JsonNode? Json(object example) => JsonSerializer.SerializeToNode(example, examples);
}

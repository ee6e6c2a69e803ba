using CleanSync.Api.OpenApi;
using CleanSync.Application.ApiKeys;
using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using MediatR;

namespace CleanSync.Api.ApiKeys;

internal static class ApiKeysEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/api-keys").WithTags("API keys");
        group.MapGet("", List).WithName("listApiKeys").Shows(new[] { ApiKeyExamples.Used }).Produces<IReadOnlyList<ApiKeyView>>();
        group.MapPost("", Create)
            .WithName("createApiKey")
            .Example(NewApiKey.Example)
            .Shows(ApiKeyExamples.Issued)
            .Produces<IssuedApiKey>(201);
        group.MapGet("/{id}", Get).WithName("getApiKey").Shows(ApiKeyExamples.Used).Produces<ApiKeyView>().Refuses<ApiKeyNotFound>();
        group.MapPost("/{id}/revoke", Revoke)
            .WithName("revokeApiKey")
            .Shows(ApiKeyExamples.Revoked)
            .Produces<ApiKeyView>()
            .Refuses<ApiKeyNotFound>()
            .Refuses<ChangedMeanwhile>();
    }

    /// <summary>Every API key that was ever made, the newest first; never the keys themselves.</summary>
    private static async Task<IResult> List(IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListApiKeys(), ct));

    /// <summary>Makes an API key. The key is in this answer and nowhere else: it cannot be shown again.</summary>
    private static async Task<IResult> Create(NewApiKey body, IMediator mediator, CancellationToken ct)
    {
        var result = await mediator.Send(body.ToCommand(), ct);
        return result.Refusal is { } refusal
            ? Problems.Of(refusal)
            : TypedResults.Created($"/api/v1/api-keys/{result.Value.ApiKey.Id}", result.Value);
    }

    /// <summary>One API key; never the key itself.</summary>
    /// <param name="id">The API key's id, from making it or from the list.</param>
    private static async Task<IResult> Get(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new GetApiKey(id), ct)).OkOrProblem();
    }

    /// <summary>Takes an API key back for good: the next call with it is refused. Revoking twice is done once.</summary>
    /// <param name="id">The API key's id, from making it or from the list.</param>
    private static async Task<IResult> Revoke(Guid id, IMediator mediator, CancellationToken ct)
    {
        return (await mediator.Send(new RevokeApiKey(id), ct)).OkOrProblem();
    }
}

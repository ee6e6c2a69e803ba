using CleanSync.Api.OpenApi;

namespace CleanSync.Api;

internal static class ProblemsEndpoints
{
    public static void MapProblems(this IEndpointRouteBuilder api) =>
        api.MapGet("/problems", List)
            .WithTags("Problems")
            .WithName("listProblemTypes")
            .Shows(ProblemCatalogue.All.Take(3).ToList()).Produces<IReadOnlyList<ProblemType>>();

    /// <summary>Every type of problem that the API can answer with.</summary>
    private static IReadOnlyList<ProblemType> List() => ProblemCatalogue.All;
}
